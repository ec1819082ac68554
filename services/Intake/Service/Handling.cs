using Clinic.Contracts.Access;
using Clinic.Contracts.Intake;
using Clinic.Contracts.Messaging;
using Clinic.EventLog;
using Clinic.Hosting.Erasing;
using Clinic.Hosting;
using Clinic.Intake.Domain;
using Clinic.Intake.Service.Views;

namespace Clinic.Intake.Service;

/// <summary>Each command's line: its stream, its validator, its handler. HTTP and AMQP call the same one.</summary>
internal static partial class Handling
{
    public const string Service = "intake";

    public static Task<CommandAccepted> ReceiveReferral(CommandScope scope, ReceiveReferral command, CancellationToken ct) =>
        scope.Execute<ReceiveReferral, Referral>(command, new ReceiveReferralValidator(), Referral.StreamId(command.ReferralId),
            ReceiveReferralAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> AskReferralStatus(CommandScope scope, AskReferralStatus command, CancellationToken ct) =>
        scope.Execute<AskReferralStatus, ReferralQuestion, ReferralStatusFacts>(command, new AskReferralStatusValidator(), ReferralQuestion.StreamId(command.AskId),
            async (facts, token) => new ReferralStatusFacts(scope.Actor, await facts.Load<Referral>(Referral.StreamId(command.ReferralId), token)),
            AskReferralStatusAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> RegisterClient(CommandScope scope, RegisterClient command, CancellationToken ct) =>
        scope.Execute<RegisterClient, Client>(command, new RegisterClientValidator(), Client.StreamId(command.ClientId),
            RegisterClientAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> VerifyLicence(CommandScope scope, VerifyLicence command, CancellationToken ct) =>
        scope.Execute<VerifyLicence, Practitioner>(command, new VerifyLicenceValidator(), Practitioner.StreamId(command.PractitionerId),
            VerifyLicenceAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> SubmitScreen(CommandScope scope, SubmitScreen command, CancellationToken ct) =>
        scope.Execute<SubmitScreen, Client>(command, new SubmitScreenValidator(), Client.StreamId(command.ClientId),
            SubmitScreenAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> TriageRisk(CommandScope scope, TriageRisk command, CancellationToken ct) =>
        scope.Execute<TriageRisk, Client>(command, new TriageRiskValidator(), Client.StreamId(command.ClientId),
            TriageRiskAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> RecordEmergencyPlan(CommandScope scope, RecordEmergencyPlan command, CancellationToken ct) =>
        scope.Execute<RecordEmergencyPlan, Client>(command, new RecordEmergencyPlanValidator(), Client.StreamId(command.ClientId),
            RecordEmergencyPlanAggregateHandler.Handle, ct);

    /// <summary>The decider's licence is a guard: a lapse recorded meanwhile makes the decision be taken again.</summary>
    public static Task<CommandAccepted> DecideSuitability(CommandScope scope, DecideSuitability command, CancellationToken ct) =>
        scope.Execute<DecideSuitability, Client, SuitabilityFacts>(command, new DecideSuitabilityValidator(), Client.StreamId(command.ClientId),
            async (facts, token) => new SuitabilityFacts(scope.Actor,
                await facts.Guard<Practitioner>(Practitioner.StreamId(scope.Actor.Id), token)),
            DecideSuitabilityAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> SetRetention(CommandScope scope, SetRetention command, CancellationToken ct) =>
        scope.Execute<SetRetention, RetentionPolicy>(command, new SetRetentionValidator(), RetentionPolicy.StreamId, SetRetentionAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> PlaceHold(CommandScope scope, PlaceHold command, CancellationToken ct) =>
        scope.Execute<PlaceHold, ClientErasure>(command, new PlaceHoldValidator(), ClientErasure.StreamId(command.ClientId),
            PlaceHoldAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> ReleaseHold(CommandScope scope, ReleaseHold command, CancellationToken ct) =>
        scope.Execute<ReleaseHold, ClientErasure>(command, new ReleaseHoldValidator(), ClientErasure.StreamId(command.ClientId),
            ReleaseHoldAggregateHandler.Handle, ct);

    /// <summary>The decision and the order to destroy intake's own keys are one append, guarded by the client it is about.</summary>
    public static CommandHandler<RequestErasure> RequestErasure(Database database) => (scope, command, ct) =>
        scope.Execute<RequestErasure, ClientErasure, ErasureFacts>(command, new RequestErasureValidator(), ClientErasure.StreamId(command.ClientId),
            async (facts, token) => new ErasureFacts(scope.Actor,
                await facts.Guard<Client>(Client.StreamId(command.ClientId), token),
                await facts.Load<RetentionPolicy>(RetentionPolicy.StreamId, token),
                await LastActivity.Of(database, scope.Actor.Tenant, command.ClientId, token)),
            static (request, state, facts, now) => [.. RequestErasureAggregateHandler.Handle(request, state, facts, now).SelectMany(decided =>
                decided is Domain.ErasureRequested e ? new object[] { e, Erasures.Begin(e.ClientId, e.ErasureId, e.Subjects, e.DataClasses) } : [decided])], ct);

    public static Task<CommandAccepted> NoteKeysDestroyed(CommandScope scope, NoteKeysDestroyed command, CancellationToken ct) =>
        scope.Execute<NoteKeysDestroyed, ClientErasure>(command, null, ClientErasure.StreamId(command.ClientId), NoteKeysDestroyedAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> AssignTherapist(CommandScope scope, AssignTherapist command, CancellationToken ct) =>
        scope.Execute<AssignTherapist, TherapistOfRecord, AssignmentFacts>(command, new AssignTherapistValidator(), TherapistOfRecord.StreamId(command.ClientId),
            async (facts, token) => new AssignmentFacts(scope.Actor, await facts.Load<Client>(Client.StreamId(command.ClientId), token)),
            AssignTherapistAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> ReleaseTherapist(CommandScope scope, ReleaseTherapist command, CancellationToken ct) =>
        scope.Execute<ReleaseTherapist, TherapistOfRecord>(command, new ReleaseTherapistValidator(), TherapistOfRecord.StreamId(command.ClientId),
            ReleaseTherapistAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> LinkSubject(CommandScope scope, LinkSubject command, CancellationToken ct) =>
        scope.Execute<LinkSubject, Subject, LinkFacts>(command, new LinkSubjectValidator(), Subject.StreamId(SubjectHash.Of(command.Issuer, command.Subject)),
            async (facts, token) => new LinkFacts(scope.Actor,
                command.ClientId is null ? null : await facts.Load<Client>(Client.StreamId(command.ClientId), token)),
            LinkSubjectAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> UnlinkSubject(CommandScope scope, UnlinkSubject command, CancellationToken ct) =>
        scope.Execute<UnlinkSubject, Subject>(command, new UnlinkSubjectValidator(), Subject.StreamId(SubjectHash.Of(command.Issuer, command.Subject)),
            UnlinkSubjectAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> ReportCredentialCompromise(CommandScope scope, ReportCredentialCompromise command, CancellationToken ct) =>
        scope.Execute<ReportCredentialCompromise, Subject>(command, new ReportCredentialCompromiseValidator(),
            Subject.StreamId(SubjectHash.Of(command.Issuer, command.Subject)), ReportCredentialCompromiseAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> NoteSafetyAlert(CommandScope scope, NoteSafetyAlert command, CancellationToken ct) =>
        scope.Execute<NoteSafetyAlert, Client>(command, new NoteSafetyAlertValidator(), Client.StreamId(command.ClientId),
            NoteSafetyAlertAggregateHandler.Handle, ct);
}
