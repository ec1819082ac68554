namespace Clinic.Contracts.Session;

/// <summary>A session began.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="ClientId">With whom, by pseudonym.</param>
/// <param name="PractitionerId">Who holds it.</param>
/// <param name="Modality">One of <see cref="Modalities"/>.</param>
/// <param name="StartedAt">When.</param>
[Contract("session.started.v1")]
public sealed record SessionStarted(
    string SessionId, string ClientId, string PractitionerId, string Modality, DateTimeOffset StartedAt);
