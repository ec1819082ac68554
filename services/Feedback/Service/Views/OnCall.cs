using Clinic.EventLog;
using Clinic.Feedback.Domain;

namespace Clinic.Feedback.Service.Views;

/// <summary>Who is on call when.</summary>
internal static class OnCall
{
    public static Projection View { get; } = new("alerts", logged => logged.Event.Data switch
    {
        OnCallAssigned e =>
        [
            Sql.Statement("insert into views.on_call (tenant_id, stream_id, duty_id, practitioner_id, level, starts_at, ends_at) values ($1, $2, $3, $4, $5, $6, $7)",
                logged.Event.TenantId, logged.Event.StreamKey, e.DutyId, e.PractitionerId, e.Level, e.From, e.To)
        ],
        OnCallWithdrawn e =>
        [
            Sql.Statement("delete from views.on_call where tenant_id = $1 and stream_id = $2 and duty_id = $3", logged.Event.TenantId, logged.Event.StreamKey, e.DutyId)
        ],
        _ => []
    })
    { Tables = ["on_call"] };

    /// <summary>Duties that have not ended, the next month's at most.</summary>
    public static Task<List<OnCallRow>> Read(Database database, string tenant, DateTimeOffset now, CancellationToken ct) => database.Read(tenant, """
        select duty_id, practitioner_id, level, starts_at, ends_at from views.on_call
        where tenant_id = $1 and ends_at > $2 and starts_at < $3 order by starts_at, level, duty_id
        """, row => new OnCallRow(row.GetString(0), row.GetString(1), row.GetInt32(2), row.Instant(3), row.Instant(4)), ct, now, now.AddDays(31));
}

/// <summary>One duty.</summary>
internal sealed record OnCallRow(string DutyId, string PractitionerId, int Level, DateTimeOffset From, DateTimeOffset To);
