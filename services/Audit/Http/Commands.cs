using Clinic.Contracts.Audit;
using Clinic.Hosting;

namespace Clinic.Audit.Http;

internal static class Commands
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapCommand<RaiseIncident>(Handling.RaiseIncident);
        app.MapCommand<AssessBreach>(Handling.AssessBreach);
        app.MapCommand<RecordBreachNotice>(Handling.RecordBreachNotice);
        app.MapCommand<CloseIncident>(Handling.CloseIncident);
        app.MapCommand<RaiseFinding>(Handling.RaiseFinding);
        app.MapCommand<RemediateFinding>(Handling.RemediateFinding);
        app.MapCommand<ReviewRemediation>(Handling.ReviewRemediation);
        app.MapCommand<RecordRestoreTest>(Handling.RecordRestoreTest);
    }
}
