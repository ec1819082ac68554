using Clinic.Audit.Views;
using Clinic.Contracts;
using Clinic.EventLog;
using Clinic.Hosting;

namespace Clinic.Audit.Http;

internal static class Queries
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/trail", async (string clientId, long? after, ClinicalRead read, Database database, CancellationToken ct) =>
        {
            var actor = await read.Record(clientId, Trail.View.Name, [Roles.Auditor, Roles.Supervisor], ct);
            return TypedResults.Ok(await Trail.Read(database, actor.Tenant, clientId, after ?? -1, ct));
        }).WithName("trail").WithTags("queries");
}
