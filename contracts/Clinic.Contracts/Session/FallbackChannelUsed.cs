namespace Clinic.Contracts.Session;

/// <summary>The parties did not reconnect in time, so the practitioner tries another channel.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="Disruption">Which interruption.</param>
/// <param name="Modality">One of <see cref="Modalities"/> that the client has agreed to.</param>
[Contract("session.fallback-used.v1")]
public sealed record FallbackChannelUsed(string SessionId, string ClientId, int Disruption, string Modality);
