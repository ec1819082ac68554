using Clinic.Contracts;
using Clinic.Contracts.Intake;
using Clinic.Hosting.Access;

namespace Clinic.Intake.Service;

/// <summary>Who may do what here. Intake owns the facts that access rests on, so it is never behind with them.</summary>
internal static class Access
{
    public static AccessTable Table { get; } = new(
        Allow.Command<ReceiveReferral>(Roles.ClinicSystem, Roles.Therapist, Roles.Supervisor, Roles.Operator),
        Allow.Command<RegisterClient>(Roles.ClinicSystem, Roles.Supervisor, Roles.Operator),
        Allow.Command<SubmitScreen>(Roles.Client, Roles.Therapist, Roles.Supervisor, Roles.ClinicSystem).OnClient(c => c.ClientId),
        Allow.Command<RecordEmergencyPlan>(Roles.Client, Roles.Therapist, Roles.Supervisor, Roles.ClinicSystem).OnClient(c => c.ClientId),
        Allow.Command<TriageRisk>(Roles.Therapist, Roles.Supervisor).OnClient(c => c.ClientId),
        Allow.Command<DecideSuitability>(Roles.Therapist, Roles.Supervisor).OnClient(c => c.ClientId),
        Allow.Command<ProofIdentity>(Roles.Supervisor, Roles.Operator).OnClient(c => c.ClientId),
        Allow.Command<LinkPseudonym>(Roles.Supervisor, Roles.Operator).StepUp(),
        Allow.Command<EnrolClient>(Roles.Client, Roles.Therapist, Roles.Supervisor, Roles.Operator).OnClient(c => c.ClientId),
        Allow.Command<DeliverContent>(Roles.Therapist, Roles.Supervisor, Roles.Operator).OnClient(c => c.ClientId),
        Allow.Command<AcknowledgeContent>(Roles.Client).OnClient(c => c.ClientId),
        Allow.Command<LinkClients>(Roles.Supervisor, Roles.Operator).StepUp(),
        Allow.Command<UnlinkClients>(Roles.Supervisor, Roles.Operator).StepUp(),

        // contact in a crisis waits for nobody's facts
        Allow.Command<ActivateCrisis>(Roles.Therapist, Roles.Supervisor).OnClient(c => c.ClientId).EvenWhenStale(),
        Allow.Command<RecordCrisisContact>(Roles.Therapist, Roles.Supervisor).OnClient(c => c.ClientId).EvenWhenStale(),
        Allow.Command<CloseCrisis>(Roles.Therapist, Roles.Supervisor).OnClient(c => c.ClientId),

        Allow.Command<VerifyLicence>(Roles.Operator),
        Allow.Command<LapseLicence>(Roles.Operator),
        Allow.Command<SuspendLicence>(Roles.Operator),
        Allow.Command<ReinstateLicence>(Roles.Operator),
        Allow.Command<AttestCompetence>(Roles.Supervisor),
        Allow.Command<ApprovePeer>(Roles.Supervisor),

        Allow.Command<AssignTherapist>(Roles.Supervisor, Roles.Operator),
        Allow.Command<ReleaseTherapist>(Roles.Supervisor, Roles.Operator),
        Allow.Command<LinkSubject>(Roles.Operator),
        Allow.Command<UnlinkSubject>(Roles.Operator),
        Allow.Command<ReportCredentialCompromise>(Roles.Operator),

        Allow.Command<RequestErasure>(Roles.Supervisor, Roles.Operator).StepUp(),
        Allow.Command<PlaceHold>(Roles.Supervisor, Roles.Operator),
        Allow.Command<ReleaseHold>(Roles.Supervisor, Roles.Operator).StepUp(),
        Allow.Command<SetRetention>(Roles.Supervisor, Roles.Operator).StepUp(),

        Allow.Read("safety-card", Roles.Therapist, Roles.Supervisor, Roles.Auditor),
        Allow.List("worklist", Roles.Supervisor, Roles.Operator));
}
