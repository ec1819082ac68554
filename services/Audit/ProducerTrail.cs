using System.Text.Json;

namespace Clinic.Audit;

/// <summary>
/// A public event of another service as it arrived here: an independent copy. The hash is the owner's; comparing both logs
/// shows a change in either.
/// </summary>
/// <param name="Sequence">Dense per producer.</param>
/// <param name="TenantSequence">Dense per producer and tenant; also this stream's version.</param>
/// <param name="Subject">The owner's stream.</param>
/// <param name="EventHash">SHA-256 of the owner's canonical form, hex.</param>
/// <param name="Body">The contract, as published.</param>
public sealed record PublicEventRecorded(
    string Producer, long Sequence, long TenantSequence, string EventId, string Type, string Subject, long StreamVersion, DateTimeOffset OccurredAt,
    JsonElement Body, string? EventHash = null, string? Actor = null, string? ActorRole = null, string? OnBehalfOf = null, string? PurposeOfUse = null,
    string? CausationId = null);

/// <summary>
/// All public events of one producer about one tenant, in the producer's order. Its version is the tenant sequence, so a missing
/// or repeated event cannot be appended at all.
/// </summary>
public sealed record ProducerTrail(string Id, long Version)
{
    public static string StreamId(string producer) => "from-" + producer;

    public static ProducerTrail Create(PublicEventRecorded e) => new(StreamId(e.Producer), 0);

    public ProducerTrail Apply(PublicEventRecorded e) => this;
}
