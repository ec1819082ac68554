namespace Clinic.Contracts.Session;

/// <summary>Proposes another way to meet (S22).</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Modality">One of <see cref="Modalities"/>.</param>
/// <param name="By"><c>client</c> or <c>practitioner</c>.</param>
[Contract("session.propose-modality.v1")]
public sealed record ProposeModality(string SessionId, string Modality, string By);
