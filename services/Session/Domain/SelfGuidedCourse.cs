using Clinic.Contracts;

namespace Clinic.Session.Domain;

public sealed record CourseEnrolled(
    string CourseId, string ClientId, string Protocol, string ProtocolVersion, string Category, string[] Modules);

public sealed record ModuleStarted(string CourseId, string ClientId, string ModuleId);

public sealed record ModuleCompleted(string CourseId, string ClientId, string ModuleId, int Minutes);

public sealed record CoursePaused(string CourseId, string ClientId);

public sealed record CourseResumed(string CourseId, string ClientId);

public sealed record CourseCompleted(string CourseId, string ClientId);

[Subject("clientId")]
public sealed record CourseStopped(string CourseId, string ClientId, string By, Personal<string>? Reason = null);

public enum CourseStatus { Enrolled, Active, Paused, Completed, Stopped }

/// <summary>A client works through modules alone, in their order (S2, S5).</summary>
/// <param name="Completed">Modules that are done; always the first ones.</param>
/// <param name="Current">The module that is open.</param>
public sealed record SelfGuidedCourse(
    string Id, string CourseId, string ClientId, CourseEnrolled Enrolment, CourseStatus Status, string[] Completed,
    string? Current = null)
{
    public long Version { get; init; }

    public static string StreamId(string courseId) => $"course-{courseId}";

    /// <summary>What comes next; null when nothing does.</summary>
    public string? Next => Enrolment.Modules.ElementAtOrDefault(Completed.Length);

    public bool IsOver => Status is CourseStatus.Completed or CourseStatus.Stopped;

    public static SelfGuidedCourse Create(CourseEnrolled e) =>
        new(StreamId(e.CourseId), e.CourseId, e.ClientId, e, CourseStatus.Enrolled, []);

    public SelfGuidedCourse Apply(ModuleStarted e) => this with { Status = CourseStatus.Active, Current = e.ModuleId };

    public SelfGuidedCourse Apply(ModuleCompleted e) =>
        this with { Completed = [.. Completed, e.ModuleId], Current = null };

    public SelfGuidedCourse Apply(CoursePaused e) => this with { Status = CourseStatus.Paused };

    public SelfGuidedCourse Apply(CourseResumed e) => this with { Status = CourseStatus.Active };

    public SelfGuidedCourse Apply(CourseCompleted e) => this with { Status = CourseStatus.Completed };

    public SelfGuidedCourse Apply(CourseStopped e) => this with { Status = CourseStatus.Stopped };
}
