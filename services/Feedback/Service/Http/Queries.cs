using Clinic.Contracts;
using Clinic.EventLog;
using Clinic.Feedback.Service.Views;
using Clinic.Hosting;

namespace Clinic.Feedback.Service.Http;

internal static class Queries
{
    private static readonly string[] Clinicians = [Roles.Therapist, Roles.Supervisor, Roles.Auditor];

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/clients/{clientId}/scores", async (string clientId, ClinicalRead read, Database database, CancellationToken ct) =>
        {
            var actor = await read.Record(clientId, Scores.View.Name, Clinicians, ct);
            return TypedResults.Ok(await Scores.Read(database, actor.Tenant, clientId, ct));
        }).WithName("scores").WithTags("queries");

        app.MapGet("/clients/{clientId}/alerts", async (string clientId, ClinicalRead read, Database database, CancellationToken ct) =>
        {
            var actor = await read.Record(clientId, AlertBoard.View.Name, Clinicians, ct);
            return TypedResults.Ok(await AlertBoard.Read(database, actor.Tenant, clientId, ct));
        }).WithName("alerts").WithTags("queries");
    }
}
