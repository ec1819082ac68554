namespace Clinic.Contracts.Session;

/// <summary>A session began.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="ClientId">With whom, by pseudonym.</param>
/// <param name="PractitionerId">Who holds it.</param>
/// <param name="Modality">One of <see cref="Modalities"/>.</param>
/// <param name="StartedAt">When.</param>
/// <param name="CueProfile">Name and version of what cannot be seen or heard in this modality (S13).</param>
/// <param name="GroupId">The group, when several clients meet.</param>
[Contract("session.started.v1")]
public sealed record SessionStarted(
    string SessionId, string ClientId, string PractitionerId, string Modality, DateTimeOffset StartedAt,
    string? CueProfile = null, string? GroupId = null);
