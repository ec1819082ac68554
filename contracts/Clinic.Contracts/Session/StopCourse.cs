namespace Clinic.Contracts.Session;

/// <summary>Ends a course early: from any state, without a reason (S26).</summary>
/// <param name="CourseId">The course.</param>
/// <param name="By"><c>client</c> or <c>practitioner</c>.</param>
/// <param name="Reason">Free text; stored, never published. Never required.</param>
[Contract("session.stop-course.v1")]
public sealed record StopCourse(string CourseId, string By, [property: Sensitive] string? Reason = null);
