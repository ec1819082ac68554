namespace Clinic.Contracts.Messaging;

/// <summary>
/// A producer says how far its public events go, through the same queues as the events themselves. So a consumer can tell
/// "nothing new" from "nothing arrives".
/// </summary>
/// <param name="Producer">The service, for example <c>consent</c>.</param>
/// <param name="Sequence">The last sequence published before this message.</param>
/// <param name="AsOf">Everything committed by the producer before this instant has a sequence up to <paramref name="Sequence"/>.</param>
[Contract("heartbeat.v1")]
public sealed record Heartbeat(string Producer, long Sequence, DateTimeOffset AsOf);

/// <summary>
/// A consumer misses public events of a producer and asks for them again, into its own queue. A clinic system names that queue,
/// <c>events.{user}.…</c>, as <c>reply-to</c>, counts in tenant sequences, and gets its own tenant's events alone, at most 1,000 at a
/// time; a <see cref="Heartbeat"/> with the tenant's last sequence ends each answer.
/// </summary>
/// <param name="Consumer">Who asks: the bus user, which the broker vouches for.</param>
/// <param name="Producer">Whose events.</param>
/// <param name="FromSequence">The first sequence it has not seen.</param>
/// <param name="UpToSequence">The last sequence wanted, inclusive.</param>
[Contract("republish.requested.v1")]
public sealed record RepublishRequested(string Consumer, string Producer, long FromSequence, long UpToSequence);
