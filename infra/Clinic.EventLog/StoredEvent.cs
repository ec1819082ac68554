namespace Clinic.EventLog;

/// <summary>An event as it stands in the log. Member names are those of JasperFx's <c>IEvent</c>.</summary>
/// <param name="Id">Unique and for ever, beginning with the time; also the MessageId on the bus.</param>
/// <param name="Sequence">Marten's <c>seq_id</c>. Not commit order: readers follow positions.</param>
/// <param name="StreamKey">The stream.</param>
/// <param name="Version">1-based within the stream.</param>
/// <param name="EventTypeName">snake_case stored name.</param>
/// <param name="Data">The event itself.</param>
/// <param name="Timestamp">When it was decided (microseconds, UTC).</param>
/// <param name="TenantId">Whose record.</param>
/// <param name="UserName">Id of the actor.</param>
/// <param name="CorrelationId">The conversation it belongs to.</param>
/// <param name="CausationId">Id of the command or event it obeyed.</param>
/// <param name="Headers">Role, purpose, trace and the like.</param>
public sealed record StoredEvent(
    Guid Id, long Sequence, string StreamKey, long Version, string EventTypeName, object Data, DateTimeOffset Timestamp,
    string TenantId, string? UserName, string? CorrelationId, string? CausationId, IReadOnlyDictionary<string, string> Headers);

/// <summary>A committed event with its place in commit order.</summary>
/// <param name="Position">Dense from 0.</param>
/// <param name="Hash">SHA-256 of the canonical form.</param>
/// <param name="LoggedAt">When it was given its position; never decreases.</param>
public sealed record LoggedEvent(long Position, byte[] Hash, DateTimeOffset LoggedAt, StoredEvent Event);

/// <summary>Names of our entries in an event's headers.</summary>
public static class EventHeaders
{
    public const string Role = "role";
    public const string OnBehalfOf = "onBehalfOf";
    public const string PurposeOfUse = "purposeOfUse";
    public const string TraceParent = "traceparent";
}
