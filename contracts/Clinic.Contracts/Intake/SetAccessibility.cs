namespace Clinic.Contracts.Intake;

/// <summary>What the client needs to take part (S38). Replaces what was said at registration or later.</summary>
/// <param name="ClientId">Who.</param>
/// <param name="Needs">Codes, for example <c>screen-reader</c>; may be empty.</param>
[Contract("intake.set-accessibility.v1")]
public sealed record SetAccessibility(string ClientId, string[] Needs);
