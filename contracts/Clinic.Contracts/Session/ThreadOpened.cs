namespace Clinic.Contracts.Session;

/// <summary>A client and a supporter can write to each other.</summary>
/// <param name="ThreadId">The thread.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="PractitionerId">Who answers.</param>
/// <param name="Channel">One of <see cref="Channels"/>.</param>
/// <param name="ReplyWithinHours">What the client was told to expect.</param>
/// <param name="Statement">Code and version of what the client was told: not watched for emergencies.</param>
/// <param name="GroupId">The group, for a forum.</param>
[Contract("session.thread-opened.v1")]
public sealed record ThreadOpened(
    string ThreadId, string ClientId, string PractitionerId, string Channel, int ReplyWithinHours, string Statement,
    string? GroupId = null);
