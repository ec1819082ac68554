using Clinic.Contracts.Intake;
using Clinic.EventLog;
using Clinic.Hosting;

namespace Clinic.Intake.Service.Http;

internal static class Commands
{
    public static void Map(WebApplication app)
    {
        app.MapCommand<ReceiveReferral>(Handling.ReceiveReferral);
        app.MapCommand<RegisterClient>(Handling.RegisterClient);
        app.MapCommand<VerifyLicence>(Handling.VerifyLicence);
        app.MapCommand<SubmitScreen>(Handling.SubmitScreen);
        app.MapCommand<TriageRisk>(Handling.TriageRisk);
        app.MapCommand<RecordEmergencyPlan>(Handling.RecordEmergencyPlan);
        app.MapCommand<DecideSuitability>(Handling.DecideSuitability);
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
