namespace Clinic.Contracts.Intake;

/// <summary>Two linked pseudonyms are two people after all.</summary>
/// <param name="Survivor">The pseudonym that went on.</param>
/// <param name="Duplicate">The other one.</param>
/// <param name="ReasonCode">Code.</param>
[Contract("intake.unlink-clients.v1")]
public sealed record UnlinkClients(string Survivor, string Duplicate, string ReasonCode);
