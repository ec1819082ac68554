namespace Clinic.Contracts.Session;

/// <summary>Goes on after a break.</summary>
/// <param name="CourseId">The course.</param>
[Contract("session.resume-course.v1")]
public sealed record ResumeCourse(string CourseId);
