using Clinic.Audit.Views;
using Clinic.EventLog;
using Clinic.Hosting;

namespace Clinic.Audit.Http;

internal static class Queries
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/trail", async (string clientId, long? after, HttpContext http, Page page, ClinicalRead read, Database database, CancellationToken ct) =>
        {
            var actor = await read.Record(clientId, Trail.View.Name, ct);
            return TypedResults.Ok(page.Answer(http, await Trail.Read(database, actor.Tenant, clientId, after ?? -1, page, ct), Trail.Key));
        }).WithName("trail").WithTags("queries");
}
