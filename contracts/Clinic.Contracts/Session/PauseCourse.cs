namespace Clinic.Contracts.Session;

/// <summary>Takes a break.</summary>
/// <param name="CourseId">The course.</param>
[Contract("session.pause-course.v1")]
public sealed record PauseCourse(string CourseId);
