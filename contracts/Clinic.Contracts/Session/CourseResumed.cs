namespace Clinic.Contracts.Session;

/// <summary>The break is over.</summary>
/// <param name="CourseId">The course.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
[Contract("session.course-resumed.v1")]
public sealed record CourseResumed(string CourseId, string ClientId);
