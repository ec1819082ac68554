using Clinic.EventLog;
using Clinic.Feedback.Service.Views;
using Clinic.Hosting;

namespace Clinic.Feedback.Service.Http;

internal static class Queries
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/clients/{clientId}/scores", async (string clientId, HttpContext http, Page page, ClinicalRead read, Database database, CancellationToken ct) =>
        {
            var actor = await read.Record(clientId, Scores.View.Name, ct);
            return TypedResults.Ok(page.Answer(http, await Scores.Read(database, actor.Tenant, clientId, page, ct), Scores.Key));
        }).WithName("scores").WithTags("queries");

        app.MapGet("/clients/{clientId}/alerts", async (string clientId, HttpContext http, Page page, ClinicalRead read, Database database, CancellationToken ct) =>
        {
            var actor = await read.Record(clientId, AlertBoard.View.Name, ct);
            return TypedResults.Ok(page.Answer(http, await AlertBoard.Read(database, actor.Tenant, clientId, page, ct), AlertBoard.Key));
        }).WithName("alerts").WithTags("queries");
    }
}
