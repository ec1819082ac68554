namespace Clinic.Contracts.Session;

/// <summary>Throws a draft away.</summary>
/// <param name="ThreadId">The thread.</param>
/// <param name="MessageId">The draft.</param>
[Contract("session.discard-draft.v1")]
public sealed record DiscardDraft(string ThreadId, string MessageId);
