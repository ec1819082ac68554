using Clinic.Contracts;
using Clinic.Contracts.Intake;
using Clinic.Hosting.Access;

namespace Clinic.Intake.Service;

/// <summary>Who may do what here. Intake owns the facts that access rests on, so it is never behind with them.</summary>
internal static class Access
{
    public static AccessTable Table { get; } = new(
        Allow.Command<ReceiveReferral>(Roles.ClinicSystem, Roles.Therapist, Roles.Supervisor, Roles.Operator),
        Allow.Command<AskReferralStatus>(Roles.ClinicSystem),
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
        Allow.Command<AssessTechnology>(Roles.Client, Roles.Therapist, Roles.Supervisor, Roles.ClinicSystem).OnClient(c => c.ClientId),
        Allow.Command<TestConnection>(Roles.Client, Roles.Therapist, Roles.Supervisor, Roles.ClinicSystem).OnClient(c => c.ClientId),
        Allow.Command<AnswerOffer>(Roles.Client, Roles.Therapist, Roles.Supervisor, Roles.ClinicSystem).OnClient(c => c.ClientId),
        Allow.Command<SetModalityPreference>(Roles.Client, Roles.Therapist, Roles.Supervisor, Roles.ClinicSystem).OnClient(c => c.ClientId),
        Allow.Command<SetAccessibility>(Roles.Client, Roles.Therapist, Roles.Supervisor, Roles.ClinicSystem).OnClient(c => c.ClientId),
        Allow.Command<RecordDiagnosis>(Roles.Therapist, Roles.Supervisor).OnClient(c => c.ClientId),
        Allow.Command<CorrectDiagnosis>(Roles.Therapist, Roles.Supervisor).OnClient(c => c.ClientId),
        Allow.Command<SetGoal>(Roles.Client, Roles.Therapist, Roles.Supervisor).OnClient(c => c.ClientId),
        Allow.Command<LabelItem>(Roles.Therapist, Roles.Supervisor).OnClient(c => c.ClientId),
        Allow.Command<SetItemSharing>(Roles.Client).OnClient(c => c.ClientId),
        Allow.Command<RecordSharedDecision>(Roles.Therapist, Roles.Supervisor).OnClient(c => c.ClientId),
        Allow.Command<ReferOut>(Roles.Therapist, Roles.Supervisor).OnClient(c => c.ClientId),
        Allow.Command<AcceptReferralOut>(Roles.Therapist, Roles.Supervisor, Roles.Operator, Roles.ClinicSystem).OnClient(c => c.ClientId),
        Allow.Command<CloseReferral>(Roles.Therapist, Roles.Supervisor).OnClient(c => c.ClientId),
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
        Allow.Read("problems", Roles.Client, Roles.Therapist, Roles.Supervisor, Roles.Auditor),
        // single answers: for who answered and who treats them
        Allow.Read("fhir-questionnaire-responses", Roles.Client, Roles.Therapist, Roles.Supervisor),
        Allow.Read("identity", Roles.Client, Roles.Therapist, Roles.Supervisor, Roles.Operator, Roles.Auditor),
        Allow.Read("identity-escrow", Roles.Supervisor).StepUp(),
        // whom to call is never withheld because somebody's facts are old
        Allow.Read("crisis-information", Roles.Client, Roles.Therapist, Roles.Supervisor).EvenWhenStale(),
        Allow.List("crisis-board", Roles.Supervisor, Roles.Auditor),
        Allow.List("waits", Roles.Supervisor, Roles.Operator, Roles.Auditor),
        Allow.List("equity", Roles.Supervisor, Roles.Operator, Roles.Auditor),
        Allow.List("directory", Roles.Client, Roles.PeerSupporter, Roles.Therapist, Roles.Supervisor, Roles.Operator, Roles.ClinicSystem, Roles.Auditor),
        Allow.List("practitioner", Roles.Client, Roles.PeerSupporter, Roles.Therapist, Roles.Supervisor, Roles.Operator, Roles.ClinicSystem, Roles.Auditor),
        Allow.List("eligibility", Roles.Therapist, Roles.Supervisor, Roles.Operator, Roles.ClinicSystem, Roles.Auditor),
        Allow.List("eligible-practitioners", Roles.Therapist, Roles.Supervisor, Roles.Operator, Roles.ClinicSystem, Roles.Auditor),
        Allow.Released("released-screening"),
        Allow.Released("released-diagnoses"),
        Allow.List("worklist", Roles.Supervisor, Roles.Operator));
}
