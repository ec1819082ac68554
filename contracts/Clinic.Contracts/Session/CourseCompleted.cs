namespace Clinic.Contracts.Session;

/// <summary>Every module was worked through.</summary>
/// <param name="CourseId">The course.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
[Contract("session.course-completed.v1")]
public sealed record CourseCompleted(string CourseId, string ClientId);
