namespace Clinic.Contracts.Session;

/// <summary>The client takes a break.</summary>
/// <param name="CourseId">The course.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
[Contract("session.course-paused.v1")]
public sealed record CoursePaused(string CourseId, string ClientId);
