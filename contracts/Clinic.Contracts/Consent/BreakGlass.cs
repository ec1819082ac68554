namespace Clinic.Contracts.Consent;

/// <summary>
/// An emergency: somebody authorised sees a client's record without consent to it, for a few hours, and answers for
/// it. Source: 45 CFR 164.312(a)(2)(ii).
/// </summary>
/// <param name="AccessId">The new access.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="ReasonCode">One of <see cref="EmergencyReasons"/>.</param>
/// <param name="Narrative">What is the matter; stored, never published.</param>
[Contract("consent.break-glass.v1")]
public sealed record BreakGlass(
    string AccessId, string ClientId, string ReasonCode, [property: Sensitive] string Narrative);
