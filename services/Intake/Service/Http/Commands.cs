using Clinic.Contracts.Intake;
using Clinic.EventLog;
using Clinic.Hosting;
using Clinic.Intake.Domain;

namespace Clinic.Intake.Service.Http;

internal static class Commands
{
    public static void Map(WebApplication app, IntakePolicy policy)
    {
        app.MapCommand<ReceiveReferral>(Handling.ReceiveReferral);
        app.MapCommand<AskReferralStatus>(Handling.AskReferralStatus);
        app.MapCommand<RegisterClient>(Handling.RegisterClient);
        app.MapCommand<VerifyLicence>(Handling.VerifyLicence);
        app.MapCommand<SubmitScreen>(Handling.SubmitScreen);
        app.MapCommand<TriageRisk>(Handling.TriageRisk);
        app.MapCommand<RecordEmergencyPlan>(Handling.RecordEmergencyPlan);
        app.MapCommand<DecideSuitability>(Handling.DecideSuitability);
        app.MapCommand<LapseLicence>(Handling.LapseLicence);
        app.MapCommand<SuspendLicence>(Handling.SuspendLicence);
        app.MapCommand<ReinstateLicence>(Handling.ReinstateLicence);
        app.MapCommand<AttestCompetence>(Handling.AttestCompetence);
        app.MapCommand<ApprovePeer>(Handling.ApprovePeer);
        app.MapCommand<ProofIdentity>(Handling.ProofIdentity);
        app.MapCommand<LinkPseudonym>(Handling.LinkPseudonym);
        app.MapCommand(Handling.EnrolClient(policy));
        app.MapCommand<ActivateCrisis>(Handling.ActivateCrisis);
        app.MapCommand<RecordCrisisContact>(Handling.RecordCrisisContact);
        app.MapCommand<CloseCrisis>(Handling.CloseCrisis);
        app.MapCommand<DeliverContent>(Handling.DeliverContent);
        app.MapCommand<AcknowledgeContent>(Handling.AcknowledgeContent);
        app.MapCommand<LinkClients>(Handling.LinkClients);
        app.MapCommand<UnlinkClients>(Handling.UnlinkClients);
        app.MapCommand<AssessTechnology>(Handling.AssessTechnology);
        app.MapCommand<TestConnection>(Handling.TestConnection);
        app.MapCommand<AnswerOffer>(Handling.AnswerOffer);
        app.MapCommand<SetModalityPreference>(Handling.SetModalityPreference);
        app.MapCommand<SetAccessibility>(Handling.SetAccessibility);
        app.MapCommand<RecordDiagnosis>(Handling.RecordDiagnosis);
        app.MapCommand<CorrectDiagnosis>(Handling.CorrectDiagnosis);
        app.MapCommand<SetGoal>(Handling.SetGoal);
        app.MapCommand<LabelItem>(Handling.LabelItem);
        app.MapCommand<SetItemSharing>(Handling.SetItemSharing);
        app.MapCommand<RecordSharedDecision>(Handling.RecordSharedDecision);
        app.MapCommand<ReferOut>(Handling.ReferOut);
        app.MapCommand<AcceptReferralOut>(Handling.AcceptReferralOut);
        app.MapCommand<CloseReferral>(Handling.CloseReferral);
        // irreversible, or what protects from it: never from a queue
        app.MapCommand<SetRetention>(Handling.SetRetention);
        app.MapCommand<PlaceHold>(Handling.PlaceHold);
        app.MapCommand<ReleaseHold>(Handling.ReleaseHold);
        app.MapCommand(Handling.RequestErasure(app.Services.GetRequiredService<Database>()));
        app.MapCommand<AssignTherapist>(Handling.AssignTherapist);
        app.MapCommand<ReleaseTherapist>(Handling.ReleaseTherapist);
        app.MapCommand<LinkSubject>(Handling.LinkSubject);
        app.MapCommand<UnlinkSubject>(Handling.UnlinkSubject);
        app.MapCommand<ReportCredentialCompromise>(Handling.ReportCredentialCompromise);
    }
}
