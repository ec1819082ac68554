namespace Clinic.Contracts.Session;

/// <summary>
/// Lets a client and a supporter write to each other. The client is told when to expect an answer, and that nobody
/// watches for emergencies.
/// </summary>
/// <param name="ThreadId">The new thread.</param>
/// <param name="ClientId">For whom, by pseudonym.</param>
/// <param name="PractitionerId">Who answers.</param>
/// <param name="Channel">One of <see cref="Channels"/>.</param>
/// <param name="TimeZone">IANA name of the client's time zone.</param>
/// <param name="ReplyWithinHours">What the client is told to expect, 1 to 336; null is the clinic's usual.</param>
/// <param name="GroupId">The group, for a forum; from clinic staff and systems only.</param>
[Contract("session.open-thread.v1")]
public sealed record OpenThread(
    string ThreadId, string ClientId, string PractitionerId, string Channel, string TimeZone,
    int? ReplyWithinHours = null, string? GroupId = null);
