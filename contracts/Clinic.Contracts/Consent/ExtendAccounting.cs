namespace Clinic.Contracts.Consent;

/// <summary>An accounting takes longer: once, by 30 days, and the client is told in writing why and until when (45 CFR 164.528(c)(1)(ii)).</summary>
/// <param name="RequestId">The request.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="Reason">What the client was told; stored, never published.</param>
[Contract("consent.extend-accounting.v1")]
public sealed record ExtendAccounting(string RequestId, string ClientId, [property: Sensitive] string Reason);
