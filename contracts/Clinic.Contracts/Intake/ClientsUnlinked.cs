namespace Clinic.Contracts.Intake;

/// <summary>Two pseudonyms that were linked are two people after all. Told once in each of the two records.</summary>
/// <param name="ClientId">In whose record this was told: one of the two.</param>
/// <param name="Survivor">The pseudonym that went on.</param>
/// <param name="Duplicate">The other one.</param>
[Contract("intake.clients-unlinked.v1")]
public sealed record ClientsUnlinked(string ClientId, string Survivor, string Duplicate);
