using Clinic.Contracts;
using Clinic.Contracts.Session;
using Clinic.Hosting.Access;
using Clinic.Session.Domain;

namespace Clinic.Session.Service;

/// <summary>
/// Who may do what here. A peer supporter acts on the sessions and threads that are theirs; anybody may always stop. What begins or
/// ends a contact in a crisis goes on also when nobody can say who treats whom.
/// </summary>
internal static class Access
{
    private static readonly string[] Everybody = [Roles.Client, Roles.Therapist, Roles.PeerSupporter, Roles.Supervisor];
    private static readonly string[] Staff = [Roles.Therapist, Roles.PeerSupporter, Roles.Supervisor];

    public static AccessTable Table { get; } = new(
        Allow.Command<BookSession>(Roles.Client, Roles.Therapist, Roles.Supervisor, Roles.ClinicSystem).OnClient(c => c.ClientId),
        OfSession<RescheduleSession>([.. Everybody, Roles.ClinicSystem]),
        OfSession<CheckIn>([.. Everybody, Roles.ClinicSystem]),
        OfSession<StartSession>(Staff),
        OfSession<EndSession>([.. Staff, Roles.ClinicSystem]),
        OfSession<CancelSession>([.. Everybody, Roles.ClinicSystem]).EvenWhenStale(),
        OfSession<StopSession>([.. Everybody, Roles.ClinicSystem]).EvenWhenStale(),
        OfSession<MarkNoShow>([.. Everybody, Roles.ClinicSystem]),
        OfSession<ReportDisruption>(Everybody).EvenWhenStale(),
        OfSession<ReportReconnection>(Everybody).EvenWhenStale(),
        OfSession<RecordWelfareCheck>(Staff).EvenWhenStale(),
        OfSession<ProposeModality>(Everybody),
        OfSession<AnswerModality>(Everybody),
        OfSession<StartRecording>(Roles.Therapist, Roles.Supervisor),
        OfSession<StopRecording>(Everybody).EvenWhenStale(),
        OfSession<ReportIntrusion>(Everybody).EvenWhenStale(),
        OfSession<UnlockSession>(Staff),
        OfSession<ReleaseSessionHold>(Roles.Supervisor),

        // domain rule 2.3.1: help in a crisis does not ask who treats whom; the events say who gave it
        Allow.Command<StartCrisisContact>(Roles.Therapist, Roles.Supervisor).EvenWhenStale(),
        Allow.Command<EndCrisisContact>(Roles.Therapist, Roles.Supervisor).EvenWhenStale(),
        Allow.Command<RaiseRisk>(Everybody).EvenWhenStale(),
        Allow.Command<RecordContactTime>(Roles.Therapist, Roles.Supervisor).OnClient(c => c.ClientId),

        Allow.Command<OpenThread>(Roles.Client, Roles.Therapist, Roles.Supervisor, Roles.ClinicSystem).OnClient(c => c.ClientId),
        OfThread<SaveDraft>(Roles.Client, Roles.Therapist, Roles.PeerSupporter),
        OfThread<DiscardDraft>(Roles.Client, Roles.Therapist, Roles.PeerSupporter),
        OfThread<SendMessage>(Roles.Client, Roles.Therapist, Roles.PeerSupporter),
        OfThread<RetractMessage>(Roles.Client, Roles.Therapist, Roles.PeerSupporter),
        OfThread<SetSharingLevel>(Roles.Client),
        OfThread<ReassignThread>(Roles.Supervisor),
        OfThread<CloseThread>(Everybody),
        Allow.Command<PostToGroup>(Roles.Client, Roles.Therapist, Roles.PeerSupporter),

        Allow.Command<DraftNote>(Roles.Therapist, Roles.Supervisor).OnClient(c => c.ClientId),
        OfNote<SignNote>(Roles.Therapist, Roles.Supervisor),
        OfNote<CosignNote>(Roles.Therapist, Roles.Supervisor),
        OfNote<AmendNote>(Roles.Therapist, Roles.Supervisor),
        OfNote<EnterNoteInError>(Roles.Therapist, Roles.Supervisor),

        Allow.Command<EnrolCourse>(Roles.Client, Roles.Therapist, Roles.Supervisor).OnClient(c => c.ClientId),
        OfCourse<StartModule>(Roles.Client),
        OfCourse<CompleteModule>(Roles.Client),
        OfCourse<PauseCourse>(Roles.Client, Roles.Therapist, Roles.Supervisor),
        OfCourse<ResumeCourse>(Roles.Client, Roles.Therapist, Roles.Supervisor),
        OfCourse<StopCourse>(Roles.Client, Roles.Therapist, Roles.Supervisor).EvenWhenStale(),

        Allow.Command<ApprovePlatform>(Roles.Supervisor, Roles.Operator),
        Allow.Command<RevokePlatform>(Roles.Supervisor, Roles.Operator),

        Allow.Read("sessions", Roles.Client, Roles.Therapist, Roles.Supervisor, Roles.Auditor),
        Allow.Read("attendance", Roles.Client, Roles.Therapist, Roles.Supervisor, Roles.Auditor),
        Allow.Read("contact-time", Roles.Therapist, Roles.Supervisor, Roles.Auditor),
        Allow.Read("timeline", Roles.Therapist, Roles.Supervisor, Roles.Auditor),
        Allow.Read("threads", Roles.Client, Roles.Therapist, Roles.Supervisor, Roles.Auditor),
        Allow.Read("thread", Everybody),
        Allow.Read("notes", Roles.Client, Roles.Therapist, Roles.Supervisor),
        Allow.Read("note", Roles.Client, Roles.Therapist, Roles.Supervisor),
        Allow.Read("psychotherapy-note", Roles.Therapist, Roles.Supervisor),
        Allow.Read("courses", Roles.Client, Roles.Therapist, Roles.Supervisor, Roles.Auditor),
        Allow.List("thread-inbox", Staff),
        Allow.List("unsigned-notes", Roles.Therapist, Roles.Supervisor),
        Allow.List("gate-dashboard", Roles.Supervisor, Roles.Operator),
        Allow.List("platforms", Roles.Therapist, Roles.PeerSupporter, Roles.Supervisor, Roles.Operator, Roles.Auditor),
        Allow.Released("released-attendance"),
        Allow.Released("released-progress-notes"),
        Allow.Released("released-messages"));

    private static AccessRow OfSession<TCommand>(params string[] roles) where TCommand : class =>
        Allow.Command<TCommand>(roles).OnClientOf<TherapySession>(s => s.ClientId, s => s.PractitionerId);

    private static AccessRow OfThread<TCommand>(params string[] roles) where TCommand : class =>
        Allow.Command<TCommand>(roles).OnClientOf<AsyncThread>(t => t.ClientId, t => t.PractitionerId);

    private static AccessRow OfNote<TCommand>(params string[] roles) where TCommand : class =>
        Allow.Command<TCommand>(roles).OnClientOf<ClinicalNote>(n => n.ClientId);

    private static AccessRow OfCourse<TCommand>(params string[] roles) where TCommand : class =>
        Allow.Command<TCommand>(roles).OnClientOf<SelfGuidedCourse>(c => c.ClientId);
}
