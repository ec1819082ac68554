using Clinic.Contracts.Messaging;
using Clinic.Contracts.Session;
using Clinic.Hosting;
using Clinic.Session.Domain;

namespace Clinic.Session.Service;

internal sealed partial class Handling
{
    public Task<CommandAccepted> EnrolCourse(CommandScope scope, EnrolCourse command, CancellationToken ct) =>
        scope.Execute<EnrolCourse, SelfGuidedCourse, ThreadFacts>(command, new EnrolCourseValidator(), SelfGuidedCourse.StreamId(command.CourseId),
            async (facts, token) => new ThreadFacts(scope.Actor, await facts.Guard<ClientCare>(ClientCare.StreamId(command.ClientId), token), policy),
            EnrolCourseAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> StartModule(CommandScope scope, StartModule command, CancellationToken ct) =>
        scope.Execute<StartModule, SelfGuidedCourse>(command, new StartModuleValidator(), SelfGuidedCourse.StreamId(command.CourseId),
            StartModuleAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> CompleteModule(CommandScope scope, CompleteModule command, CancellationToken ct) =>
        scope.Execute<CompleteModule, SelfGuidedCourse>(command, new CompleteModuleValidator(), SelfGuidedCourse.StreamId(command.CourseId),
            CompleteModuleAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> PauseCourse(CommandScope scope, PauseCourse command, CancellationToken ct) =>
        scope.Execute<PauseCourse, SelfGuidedCourse>(command, new PauseCourseValidator(), SelfGuidedCourse.StreamId(command.CourseId),
            PauseCourseAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> ResumeCourse(CommandScope scope, ResumeCourse command, CancellationToken ct) =>
        scope.Execute<ResumeCourse, SelfGuidedCourse>(command, new ResumeCourseValidator(), SelfGuidedCourse.StreamId(command.CourseId),
            ResumeCourseAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> StopCourse(CommandScope scope, StopCourse command, CancellationToken ct) =>
        scope.Execute<StopCourse, SelfGuidedCourse>(command, new StopCourseValidator(), SelfGuidedCourse.StreamId(command.CourseId),
            StopCourseAggregateHandler.Handle, ct);
}
