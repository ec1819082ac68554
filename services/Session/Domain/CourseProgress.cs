using Clinic.Contracts;
using Clinic.Contracts.Intake;
using Clinic.Contracts.Session;
using FluentValidation;

namespace Clinic.Session.Domain;

public sealed class StartModuleValidator : AbstractValidator<StartModule>
{
    public StartModuleValidator()
    {
        RuleFor(c => c.CourseId).MustBeId();
        RuleFor(c => c.ModuleId).MustBeId();
    }
}

public static class StartModuleAggregateHandler
{
    public static object[] Handle(StartModule command, SelfGuidedCourse? state, Actor by, DateTimeOffset now)
    {
        var course = state.Running(by);
        if (course.Current == command.ModuleId || course.Completed.Contains(command.ModuleId)) return [];
        if (course.Next != command.ModuleId)
            throw new RuleViolation("module_out_of_order", "The modules before come first.", "moduleId");
        return [new ModuleStarted(course.CourseId, course.ClientId, command.ModuleId)];
    }
}

public sealed class CompleteModuleValidator : AbstractValidator<CompleteModule>
{
    public CompleteModuleValidator()
    {
        RuleFor(c => c.CourseId).MustBeId();
        RuleFor(c => c.ModuleId).MustBeId();
        RuleFor(c => c.Minutes).InclusiveBetween(0, 1440);
    }
}

public static class CompleteModuleAggregateHandler
{
    public static object[] Handle(CompleteModule command, SelfGuidedCourse? state, Actor by, DateTimeOffset now)
    {
        if (state?.Completed.Contains(command.ModuleId) is true) return [];
        var course = state.Running(by);
        if (course.Current != command.ModuleId)
            throw new RuleViolation("module_not_started", "A module is started before it is completed.", "moduleId");
        var completed = new ModuleCompleted(course.CourseId, course.ClientId, command.ModuleId, command.Minutes);
        return course.Completed.Length + 1 < course.Enrolment.Modules.Length
            ? [completed]
            : [completed, new CourseCompleted(course.CourseId, course.ClientId), .. CourseRules.Over(course)];
    }
}

public sealed class PauseCourseValidator : AbstractValidator<PauseCourse>
{
    public PauseCourseValidator() => RuleFor(c => c.CourseId).MustBeId();
}

public static class PauseCourseAggregateHandler
{
    public static object[] Handle(PauseCourse command, SelfGuidedCourse? state, Actor by, DateTimeOffset now)
    {
        by.MustSpeakFor(Parties.Client);
        var course = state.Known();
        if (course.IsOver) throw new RuleViolation("course_over", "The course is over.", "courseId");
        return course.Status == CourseStatus.Paused ? [] : [new CoursePaused(course.CourseId, course.ClientId)];
    }
}

public sealed class ResumeCourseValidator : AbstractValidator<ResumeCourse>
{
    public ResumeCourseValidator() => RuleFor(c => c.CourseId).MustBeId();
}

public static class ResumeCourseAggregateHandler
{
    public static object[] Handle(ResumeCourse command, SelfGuidedCourse? state, Actor by, DateTimeOffset now)
    {
        by.MustSpeakFor(Parties.Client);
        var course = state.Known();
        if (course.IsOver) throw new RuleViolation("course_over", "The course is over.", "courseId");
        return course.Status == CourseStatus.Paused ? [new CourseResumed(course.CourseId, course.ClientId)] : [];
    }
}

public sealed class StopCourseValidator : AbstractValidator<StopCourse>
{
    public StopCourseValidator()
    {
        RuleFor(c => c.CourseId).MustBeId();
        RuleFor(c => c.By).MustBeParty();
        RuleFor(c => c.Reason).MaximumLength(1000);
    }
}

public static class StopCourseAggregateHandler
{
    public static object[] Handle(StopCourse command, SelfGuidedCourse? state, Actor by, DateTimeOffset now)
    {
        by.MustSpeakFor(command.By);
        var course = state.Known();
        // The client wanted it over, and it is (domain rule 2.3.2).
        return course.IsOver
            ? []
            :
            [
                new CourseStopped(course.CourseId, course.ClientId, command.By, command.Reason),
                .. CourseRules.Over(course)
            ];
    }
}

internal static class CourseRules
{
    public static SelfGuidedCourse Known(this SelfGuidedCourse? state) =>
        state ?? throw new RuleViolation("course_unknown", "There is no such course.", "courseId");

    public static SelfGuidedCourse Running(this SelfGuidedCourse? state, Actor by)
    {
        by.MustSpeakFor(Parties.Client);
        var course = state.Known();
        if (course.IsOver) throw new RuleViolation("course_over", "The course is over.", "courseId");
        if (course.Status == CourseStatus.Paused)
            throw new RuleViolation("course_paused", "The course is paused; it is resumed first.", "courseId");
        return course;
    }

    /// <summary>Nothing rests on consent any more.</summary>
    public static object[] Over(SelfGuidedCourse course) => course.Enrolment.Category == CareCategories.Education
        ? []
        :
        [
            new ForStream(
                ClientCare.StreamId(course.ClientId), typeof(ClientCare),
                new CourseUnlisted(course.ClientId, course.CourseId))
        ];
}
