namespace Clinic.Contracts.Session;

/// <summary>Begins a self-guided course of ordered modules (S2, S5).</summary>
/// <param name="CourseId">The new course.</param>
/// <param name="ClientId">For whom, by pseudonym.</param>
/// <param name="Protocol">Code of the course (S24).</param>
/// <param name="ProtocolVersion">Its version, a code.</param>
/// <param name="Category">
/// <c>education</c>, which needs nothing, or <c>self-guided</c>, which needs consent to treatment.
/// </param>
/// <param name="Modules">Ids of its modules, in order; 1 to 100.</param>
[Contract("session.enrol-course.v1")]
public sealed record EnrolCourse(
    string CourseId, string ClientId, string Protocol, string ProtocolVersion, string Category, string[] Modules);
