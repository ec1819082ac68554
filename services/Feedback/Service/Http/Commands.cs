using Clinic.Contracts.Feedback;
using Clinic.Hosting;

namespace Clinic.Feedback.Service.Http;

internal static class Commands
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapCommand<SubmitMeasure>(Handling.SubmitMeasure);
        app.MapCommand<AcknowledgeAlert>(Handling.AcknowledgeAlert);
        app.MapCommand<ResolveAlert>(Handling.ResolveAlert);
    }
}
