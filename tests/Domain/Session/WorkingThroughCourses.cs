using Clinic.Contracts;
using Clinic.Contracts.Session;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Session;

using Clinic.Session.Domain;

public sealed class WorkingThroughCourses
{
    private static readonly EnrolCourse Enrol = new(
        "course-1", Some.Client, "sleep", "v2", "self-guided", ["one", "two"]);

    private static readonly CourseEnrolled Enrolled = new(
        "course-1", Some.Client, "sleep", "v2", "self-guided", ["one", "two"]);

    private static readonly ThreadFacts Facts = new(Spec.ClientActor, Some.Care(), SessionPolicy.Default);
    private static readonly ModuleStarted StartedOne = new("course-1", Some.Client, "one");
    private static readonly ModuleCompleted DoneOne = new("course-1", Some.Client, "one", 20);
    private static readonly ForStream Unlisted = Some.ToCare(new CourseUnlisted(Some.Client, "course-1"));

    private static Outcome Start(string module, params object[] since) => Spec.Given<SelfGuidedCourse>([Enrolled, .. since])
        .When(new StartModule("course-1", module), StartModuleAggregateHandler.Handle, Spec.ClientActor);

    [Fact]
    public void a_self_guided_course_rests_on_consent_to_treatment_and_on_nothing_of_who_one_is()
    {
        var nobody = Facts with { Care = Spec.Fold<ClientCare>(Some.Consent) };
        Spec.Given<SelfGuidedCourse>().When(Enrol, EnrolCourseAggregateHandler.Handle, nobody)
            .Then(Enrolled, Some.ToCare(new CourseListed(Some.Client, "course-1")));
        Spec.Given<SelfGuidedCourse>().When(Enrol, EnrolCourseAggregateHandler.Handle, Facts with { Care = null })
            .ThenViolates("consent_missing", "clientId");
        Spec.Given<SelfGuidedCourse>(Enrolled).When(Enrol, EnrolCourseAggregateHandler.Handle, Facts).ThenNothing();
        Spec.Given<SelfGuidedCourse>(Enrolled)
            .When(Enrol with { Protocol = "worry" }, EnrolCourseAggregateHandler.Handle, Facts)
            .ThenViolates("course_exists", "courseId");
    }

    [Fact, Trait("Scenario", "T1")]
    public void education_asks_nobody_who_they_are() =>
        Spec.Given<SelfGuidedCourse>()
            .When(Enrol with { Category = "education" }, EnrolCourseAggregateHandler.Handle, Facts with { Care = null })
            .Then(Enrolled with { Category = "education" });

    [Fact]
    public void modules_come_in_their_order()
    {
        Start("two").ThenViolates("module_out_of_order", "moduleId");
        Start("one").Then(StartedOne);
        Start("one", StartedOne).ThenNothing();
        Start("two", StartedOne).ThenViolates("module_out_of_order", "moduleId");
        Start("two", StartedOne, DoneOne).Then(StartedOne with { ModuleId = "two" });
        Start("three", StartedOne, DoneOne).ThenViolates("module_out_of_order", "moduleId");
    }

    [Fact]
    public void the_last_module_completes_the_course()
    {
        Outcome Complete(string module, params object[] since) => Spec.Given<SelfGuidedCourse>([Enrolled, .. since])
            .When(new CompleteModule("course-1", module, 20), CompleteModuleAggregateHandler.Handle, Spec.ClientActor);
        Complete("one").ThenViolates("module_not_started", "moduleId");
        Complete("one", StartedOne).Then(DoneOne);
        Complete("one", StartedOne, DoneOne).ThenNothing();
        Complete("two", StartedOne, DoneOne, StartedOne with { ModuleId = "two" }).Then(
            DoneOne with { ModuleId = "two" }, new CourseCompleted("course-1", Some.Client), Unlisted);
    }

    [Fact]
    public void a_break_is_taken_and_ended()
    {
        var paused = new CoursePaused("course-1", Some.Client);
        Spec.Given<SelfGuidedCourse>(Enrolled)
            .When(new PauseCourse("course-1"), PauseCourseAggregateHandler.Handle, Spec.ClientActor).Then(paused);
        Start("one", paused).ThenViolates("course_paused", "courseId");
        Spec.Given<SelfGuidedCourse>(Enrolled, paused)
            .When(new ResumeCourse("course-1"), ResumeCourseAggregateHandler.Handle, Spec.ClientActor)
            .Then(new CourseResumed("course-1", Some.Client));
    }

    [Fact, Trait("Scenario", "T41")]
    public void a_client_stops_from_any_state_without_a_reason()
    {
        var stop = new StopCourse("course-1", Parties.Client);
        var stopped = new CourseStopped("course-1", Some.Client, Parties.Client);
        foreach (var since in new object[][] { [], [StartedOne], [new CoursePaused("course-1", Some.Client)] })
            Spec.Given<SelfGuidedCourse>([Enrolled, .. since])
                .When(stop, StopCourseAggregateHandler.Handle, Spec.ClientActor).Then(stopped, Unlisted);
        Spec.Given<SelfGuidedCourse>(Enrolled, stopped).When(stop, StopCourseAggregateHandler.Handle, Spec.ClientActor)
            .ThenNothing();
    }

    [Fact]
    public void every_field_is_checked_by_name()
    {
        var validator = new EnrolCourseValidator();
        validator.Validate(Enrol).IsValid.ShouldBeTrue();
        validator.ShouldBeInvalid(Enrol with { Category = "therapist-supported" }, "Category");
        validator.ShouldBeInvalid(Enrol with { Modules = [] }, "Modules");
        validator.ShouldBeInvalid(Enrol with { Modules = ["a", "a"] }, "Modules");
    }
}
