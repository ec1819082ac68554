namespace Clinic.Contracts.Session;

/// <summary>The client does not go on with a course (S26).</summary>
/// <param name="CourseId">The course.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="By"><c>client</c>, <c>practitioner</c> or <c>consent-withdrawn</c>.</param>
[Contract("session.course-stopped.v1")]
public sealed record CourseStopped(string CourseId, string ClientId, string By);
