namespace Clinic.Contracts.Consent;

/// <summary>Somebody other than who had it judges an emergency access.</summary>
/// <param name="AccessId">The access.</param>
/// <param name="Outcome"><c>justified</c> or <c>unjustified</c>.</param>
/// <param name="InformingIsHarmful">
/// True only when telling the client would do harm; then the client is not told.
/// </param>
/// <param name="Findings">In words; stored, never published.</param>
[Contract("consent.review-emergency-access.v1")]
public sealed record ReviewEmergencyAccess(
    string AccessId, string Outcome, bool InformingIsHarmful, [property: Sensitive] string? Findings = null);
