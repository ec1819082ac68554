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

/// <summary>A consumer misses public events of a producer and asks for them again, into its own queue.</summary>
/// <param name="Consumer">The asking service.</param>
/// <param name="Producer">Whose events.</param>
/// <param name="FromSequence">The first sequence it has not seen.</param>
/// <param name="UpToSequence">The last sequence wanted, inclusive.</param>
[Contract("republish.requested.v1")]
public sealed record RepublishRequested(string Consumer, string Producer, long FromSequence, long UpToSequence);
