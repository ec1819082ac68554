namespace Clinic.Contracts.Consent;

/// <summary>The client has ended a restriction; what it forbade is decided by directives alone again.</summary>
/// <param name="RestrictionId">The restriction.</param>
/// <param name="ClientId">Whose records, by pseudonym.</param>
[Contract("consent.restriction-ended.v1")]
public sealed record RestrictionEnded(string RestrictionId, string ClientId);
