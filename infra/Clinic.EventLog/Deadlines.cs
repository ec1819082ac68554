using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Clinic.EventLog;

/// <summary>
/// Statements with which a projection sets and clears deadlines, in the transaction of its rows. Best in a projection of its
/// own: what has to happen in time should not wait for a table that is only shown.
/// </summary>
public static class Deadlines
{
    private const string SetSql = """
        insert into clinic.deadline (tenant_id, name, stream_id, due_at) values ($1, $2, $3, $4)
        on conflict (tenant_id, name, stream_id) do update set due_at = excluded.due_at, fired_at = null, attempts = 0, retry_at = null
        where clinic.deadline.due_at <> excluded.due_at
        """;

    private const string ClearSql = "delete from clinic.deadline where tenant_id = $1 and name = $2 and stream_id = $3";

    /// <summary>Sets, or moves, a deadline of the event's stream.</summary>
    /// <param name="name">Its kind, or kind and subject as <c>kind/subject</c> where a stream has several of a kind.</param>
    public static NpgsqlBatchCommand Set(LoggedEvent logged, string name, DateTimeOffset dueAt) =>
        Sql.Statement(SetSql, logged.Event.TenantId, name, logged.Event.StreamKey, EventSeal.Truncate(dueAt));

    /// <summary>What was waited for has happened.</summary>
    public static NpgsqlBatchCommand Clear(LoggedEvent logged, string name) =>
        Sql.Statement(ClearSql, logged.Event.TenantId, name, logged.Event.StreamKey);

    internal static bool IsOne(NpgsqlBatchCommand statement) => statement.CommandText is SetSql or ClearSql;
}

/// <summary>A deadline whose time has come.</summary>
/// <param name="Stream">Its stream. It may have moved since: decide on its state, not on the deadline.</param>
public sealed record DueDeadline(string Tenant, string Name, string Stream, DateTimeOffset DueAt)
{
    /// <summary>Inbox endpoint of everything a deadline causes.</summary>
    public const string Endpoint = "deadline";

    /// <summary>What comes before the slash of its name: which handler fires it.</summary>
    public string Kind => Name.Split('/', 2)[0];

    /// <summary>What comes after the slash, empty without one.</summary>
    public string Subject => Name.Split('/', 2) is [_, var subject] ? subject : "";

    /// <summary>The same whenever and by whomever it is fired; another one once it has been moved.</summary>
    public string MessageId => string.Create(CultureInfo.InvariantCulture, $"{Tenant}/{Stream}/{Name}/{DueAt.UtcDateTime:yyyyMMdd'T'HHmmss.ffffff'Z'}");

    /// <summary>SHA-256 of the message id, which is all there is to hash.</summary>
    public byte[] BodyHash => SHA256.HashData(Encoding.UTF8.GetBytes(MessageId));

    /// <summary>The identity its append must carry: that is what makes it happen once.</summary>
    public InboxEntry Inbox(string service, object answer) => new(Endpoint, service, MessageId, BodyHash, answer);
}

/// <summary>What a service does about one kind of deadline.</summary>
/// <param name="Fire">
/// Appends with <see cref="DueDeadline.Inbox"/>; a duplicate is a success, and so is finding that nothing is to be done. It has 4 s.
/// Whatever it throws is tried again later.
/// </param>
public sealed record DeadlineHandler(string Kind, Func<DueDeadline, CancellationToken, Task> Fire);
