using Clinic.Contracts.Access;
using Clinic.Contracts.Intake;
using Clinic.Contracts.Messaging;
using Clinic.Hosting;
using Clinic.Intake.Domain;

namespace Clinic.Intake.Service;

/// <summary>Each command's line: its stream, its validator, its handler. HTTP and AMQP call the same one.</summary>
internal static class Handling
{
    public const string Service = "intake";

    public static Task<CommandAccepted> ReceiveReferral(CommandScope scope, ReceiveReferral command, CancellationToken ct) =>
        scope.Execute<ReceiveReferral, Referral>(command, new ReceiveReferralValidator(), Referral.StreamId(command.ReferralId),
            ReceiveReferralAggregateHandler.Handle, ct);

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
