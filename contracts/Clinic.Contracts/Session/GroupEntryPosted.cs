namespace Clinic.Contracts.Session;

/// <summary>An entry of a group, as one participant received it.</summary>
/// <param name="ClientId">The participant, not the author.</param>
/// <param name="ThreadId">The participant's thread.</param>
/// <param name="GroupId">The group.</param>
/// <param name="MessageId">The entry; the same for every participant.</param>
/// <param name="Own">The participant wrote it.</param>
[Contract("session.group-entry-posted.v1")]
public sealed record GroupEntryPosted(string ClientId, string ThreadId, string GroupId, string MessageId, bool Own);
