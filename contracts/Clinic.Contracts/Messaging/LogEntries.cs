namespace Clinic.Contracts.Messaging;

/// <summary>
/// A service that compares what it recorded of another with that one's log asks for the log's entries, on the exchange
/// <c>clinic.republish</c>. The answer is a <c>log.entries.v1</c> in its own queue of checkpoints. Services only.
/// </summary>
/// <param name="Consumer">Who asks: the bus user, which the broker vouches for.</param>
/// <param name="Producer">Whose log.</param>
/// <param name="From">The first position, from 0.</param>
/// <param name="UpTo">The position after the last; the answer may end sooner.</param>
[Contract("entries.requested.v1")]
public sealed record EntriesRequested(string Consumer, string Producer, long From, long UpTo);

/// <summary>
/// Entries of a service's log: for each position 40 bytes, the event's number (big-endian) and its sealed hash, nothing that tells
/// of a person. Nothing of it is to be believed before it leads to the root of a signed checkpoint (RFC 6962).
/// </summary>
/// <param name="From">Position of the first.</param>
/// <param name="Entries">One after the other, base64; at most 8192.</param>
[Contract("log.entries.v1")]
public sealed record LogEntries(long From, string Entries);
