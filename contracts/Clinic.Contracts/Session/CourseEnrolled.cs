namespace Clinic.Contracts.Session;

/// <summary>A client began a self-guided course.</summary>
/// <param name="CourseId">The course.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="Protocol">Code of the course (S24).</param>
/// <param name="ProtocolVersion">Its version.</param>
/// <param name="Category"><c>self-guided</c> or <c>education</c>.</param>
/// <param name="Modules">Ids of its modules, in order.</param>
[Contract("session.course-enrolled.v1")]
public sealed record CourseEnrolled(
    string CourseId, string ClientId, string Protocol, string ProtocolVersion, string Category, string[] Modules);
