using Clinic.Contracts;
using Clinic.EventLog;
using Clinic.Hosting;
using Clinic.Intake.Service.Views;

namespace Clinic.Intake.Service.Http;

internal static class Queries
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/worklist", async (HttpContext http, Database database, CancellationToken ct) =>
        {
            var actor = Clinic.Hosting.Http.ActorOf(http.User);
            if (actor.Role is not (Roles.Therapist or Roles.Supervisor or Roles.Operator)) throw new ForbiddenException($"A {actor.Role} may not read this.");
            if (await ViewState.IsStale(database, Worklist.View.Name, actor.Tenant, ct)) http.Response.Headers["Stale"] = "true";
            // referrals carry no client yet: ids, source and urgency only
            return TypedResults.Ok(await Worklist.Read(database, actor.Tenant, ct));
        }).WithName("worklist").WithTags("queries");

        app.MapGet("/clients/{clientId}/safety-card", async Task<IResult> (string clientId, ClinicalRead read, Database database, CancellationToken ct) =>
        {
            var actor = await read.Record(clientId, SafetyCard.View.Name, [Roles.Therapist, Roles.Supervisor, Roles.Auditor], ct);
            return await SafetyCard.Read(database, actor.Tenant, clientId, ct) is { } card ? TypedResults.Ok(card) : TypedResults.NotFound();
        }).WithName("safety-card").WithTags("queries").Produces<SafetyCardRow>();
    }
}
