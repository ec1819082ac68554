using Clinic.EventLog;

namespace Clinic.Intake.Service.Views;

/// <summary>When intake last recorded something about a client: retention counts from there.</summary>
internal static class LastActivity
{
    public static async Task<DateTimeOffset> Of(Database database, string tenant, string clientId, CancellationToken ct) =>
        (await database.Read(tenant, "select timestamp from public.mt_streams where tenant_id = $1 and id = $2", static row => row.Instant(0), ct,
            Domain.Client.StreamId(clientId))).SingleOrDefault();
}
