using Clinic.Contracts;
using Clinic.EventLog;
using Clinic.Hosting;
using Clinic.Session.Service.Views;

namespace Clinic.Session.Service.Http;

internal static class Queries
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/clients/{clientId}/sessions", async (string clientId, ClinicalRead read, Database database, CancellationToken ct) =>
        {
            var actor = await read.Record(clientId, Calendar.View.Name, [Roles.Therapist, Roles.Supervisor, Roles.Auditor], ct);
            return TypedResults.Ok(await Calendar.Read(database, actor.Tenant, clientId, ct));
        }).WithName("sessions").WithTags("queries");
}
