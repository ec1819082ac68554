namespace Clinic.Contracts.Messaging;

/// <summary>
/// A service says what its log has become: a signed checkpoint, on the exchange <c>clinic.checkpoints</c>, routing key the service.
/// Who keeps them can prove later what was there. The same checkpoint comes again with every cosignature of a witness.
/// </summary>
/// <param name="Note">C2SP tlog-checkpoint: origin, size, root, signatures. Verify it with the service's <c>.vkey</c>.</param>
/// <param name="SignedAt">By the service's clock; only a witness' own time is signed.</param>
/// <param name="From">Size of the checkpoint sent before.</param>
/// <param name="Consistency">That the log of that size is the beginning of this one: hashes of RFC 6962 2.1.2, base64. Null where there is nothing to prove it with.</param>
[Contract("log.checkpoint.v1")]
public sealed record LogCheckpoint(string Note, DateTimeOffset SignedAt, long From, string[]? Consistency = null);

/// <summary>
/// A service that keeps checkpoints misses some, so nothing proves that the newest goes on from the last one it believes. It asks on
/// the exchange <c>clinic.republish</c>; the answer comes to everybody who keeps them, each with its proof. Services only.
/// </summary>
/// <param name="Consumer">Who asks: the bus user, which the broker vouches for.</param>
/// <param name="Producer">Whose checkpoints.</param>
/// <param name="Origin">First line of the last one believed.</param>
/// <param name="Size">Its size; everything signed after it is sent again.</param>
[Contract("checkpoints.requested.v1")]
public sealed record CheckpointsRequested(string Consumer, string Producer, string Origin, long Size);
