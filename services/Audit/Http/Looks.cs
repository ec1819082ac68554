using System.Globalization;
using Clinic.Audit.Views;
using Clinic.EventLog;
using Clinic.Hosting;

namespace Clinic.Audit.Http;

/// <summary>For the client: who was shown something of theirs, in any service, and why (ISO 27789; GDPR 15).</summary>
internal static class Looks
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/clients/{clientId}/looks", async (string clientId, HttpContext http, Page page, ClinicalRead read, Database database, CancellationToken ct) =>
        {
            var actor = await read.Record(clientId, Trail.View.Name, ct);
            return TypedResults.Ok(page.Answer(http, await Read(database, actor.Tenant, clientId, page, ct), Key));
        }).WithName("looks").WithTags("client")
            .WithSummary("Who was shown something of the client's, in any service, oldest first. What left the clinic is in consent's who-saw; an emergency is shown when the client has been told.");

    /// <summary>
    /// Looks that served a disclosure belong to it: consent tells of it, or, while an agency has asked for that, does not. Those of an
    /// emergency access are told when its review has let the client be informed.
    /// </summary>
    private static Task<List<Look>> Read(Database database, string tenant, string clientId, Page page, CancellationToken ct) => database.Read(tenant, """
        select at, producer, sequence, body->>'viewer', body->>'viewerRole', body->>'projection', body->>'purposeOfUse' from views.trail look
        where tenant_id = $1 and client_id = $2 and type = 'record.viewed.v1' and body->>'viewerRole' <> 'client' and body->>'projection' not like 'emergency-%'
            and (body->>'releaseId' is null or exists (select 1 from views.trail told where told.tenant_id = look.tenant_id and told.client_id = look.client_id
                and told.type = 'consent.client-informed.v1' and told.body->>'accessId' = look.body->>'releaseId'))
            and ($3::text is null or (at, producer, sequence) > ($3::timestamptz, $4, $5::bigint))
        order by at, producer, sequence limit $6
        """, row => new Look(row.Instant(0), row.GetString(1), row.GetInt64(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6)), ct,
        clientId, page.Key(0), page.Key(1), page.Key(2), page.Limit);

    private static string[] Key(Look look) => [look.At.ToString("O"), look.Service, look.Sequence.ToString(CultureInfo.InvariantCulture)];
}

/// <summary>One look.</summary>
/// <param name="Service">Whose view it was.</param>
/// <param name="Sequence">Number of the event among the service's.</param>
/// <param name="What">The view, for example <c>timeline</c>.</param>
/// <param name="Purpose">HL7 v3 ActReason code, for example TREAT.</param>
internal sealed record Look(DateTimeOffset At, string Service, long Sequence, string Who, string Role, string What, string Purpose);
