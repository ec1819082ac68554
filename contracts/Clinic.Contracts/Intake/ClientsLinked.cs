namespace Clinic.Contracts.Intake;

/// <summary>
/// Two pseudonyms are one person. Their streams stay apart; of their consents only what both allow is allowed (T57). Told once in
/// each of the two records.
/// </summary>
/// <param name="ClientId">In whose record this was told: one of the two.</param>
/// <param name="Survivor">The pseudonym that goes on.</param>
/// <param name="Duplicate">The other one.</param>
[Contract("intake.clients-linked.v1")]
public sealed record ClientsLinked(string ClientId, string Survivor, string Duplicate);
