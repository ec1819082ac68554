namespace Clinic.Contracts.Intake;

/// <summary>Puts into escrow whose pseudonym this is, by reference to the clinic's own identity register. No therapist sees it.</summary>
/// <param name="ClientId">The pseudonym; its identity was proofed.</param>
/// <param name="IdentityRef">Id in the clinic's identity register, never a name.</param>
/// <param name="ReasonCode">Code of why it is needed.</param>
[Contract("intake.link-pseudonym.v1")]
public sealed record LinkPseudonym(string ClientId, string IdentityRef, string ReasonCode);
