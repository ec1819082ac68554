using Clinic.Contracts.Intake;
using Clinic.Hosting;

namespace Clinic.Intake.Service.Http;

internal static class Commands
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapCommand<ReceiveReferral>(Handling.ReceiveReferral);
        app.MapCommand<RegisterClient>(Handling.RegisterClient);
        app.MapCommand<VerifyLicence>(Handling.VerifyLicence);
        app.MapCommand<SubmitScreen>(Handling.SubmitScreen);
        app.MapCommand<TriageRisk>(Handling.TriageRisk);
        app.MapCommand<RecordEmergencyPlan>(Handling.RecordEmergencyPlan);
        app.MapCommand<DecideSuitability>(Handling.DecideSuitability);
        app.MapCommand<AssignTherapist>(Handling.AssignTherapist);
        app.MapCommand<ReleaseTherapist>(Handling.ReleaseTherapist);
        app.MapCommand<LinkSubject>(Handling.LinkSubject);
        app.MapCommand<UnlinkSubject>(Handling.UnlinkSubject);
        app.MapCommand<ReportCredentialCompromise>(Handling.ReportCredentialCompromise);
    }
}
