namespace Clinic.Contracts.Session;

/// <summary>A message was sent. What it says stays inside.</summary>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="ThreadId">The thread.</param>
/// <param name="MessageId">The message.</param>
/// <param name="Direction">One of <see cref="Directions"/>.</param>
/// <param name="AuthorRole">Role of who wrote it.</param>
/// <param name="SentAt">When.</param>
/// <param name="Channel">One of <see cref="Channels"/>.</param>
/// <param name="ContentHash">SHA-256 over a secret salt and the text: says nothing to who lacks the message.</param>
/// <param name="InReplyTo">The message it answers.</param>
/// <param name="TimeZone">IANA name of the client's time zone, for clocks in working days.</param>
[Contract("session.message-sent.v1")]
public sealed record MessageSent(
    string ClientId, string ThreadId, string MessageId, string Direction, string AuthorRole, DateTimeOffset SentAt,
    string Channel, string ContentHash, string? InReplyTo = null, string? TimeZone = null);
