using Clinic.EventLog;
using Clinic.Hosting;
using Clinic.Session.Service.Views;

namespace Clinic.Session.Service.Http;

internal static class Queries
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/clients/{clientId}/sessions", async (string clientId, HttpContext http, Page page, ClinicalRead read, Database database, CancellationToken ct) =>
        {
            var actor = await read.Record(clientId, Calendar.View.Name, ct);
            return TypedResults.Ok(page.Answer(http, await Calendar.Read(database, actor.Tenant, clientId, page, ct), Calendar.Key));
        }).WithName("sessions").WithTags("queries");
}
