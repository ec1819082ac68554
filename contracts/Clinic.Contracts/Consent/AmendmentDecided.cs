namespace Clinic.Contracts.Consent;

/// <summary>
/// A request for amendment was answered. The owner of the record links or appends what was accepted.
/// </summary>
/// <param name="AmendmentId">The request.</param>
/// <param name="ClientId">Whose records, by pseudonym.</param>
/// <param name="Accepted">Whether the record is amended.</param>
/// <param name="Basis">Why, a code such as <c>accurate-and-complete</c>.</param>
[Contract("consent.amendment-decided.v1")]
public sealed record AmendmentDecided(string AmendmentId, string ClientId, bool Accepted, string Basis);
