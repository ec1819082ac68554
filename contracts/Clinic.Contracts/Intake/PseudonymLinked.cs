namespace Clinic.Contracts.Intake;

/// <summary>The clinic's identity register now knows whose pseudonym this is. The reference is held in escrow by intake.</summary>
/// <param name="ClientId">The pseudonym.</param>
/// <param name="AuthorisedBy">Who allowed it.</param>
/// <param name="ReasonCode">Code.</param>
[Contract("intake.pseudonym-linked.v1")]
public sealed record PseudonymLinked(string ClientId, string AuthorisedBy, string ReasonCode);
