namespace Clinic.Contracts.Intake;

/// <summary>
/// Every service has destroyed its keys and no process holds one in memory. What is left are backups of the vault, until they expire.
/// </summary>
/// <param name="ErasureId">The erasure.</param>
/// <param name="ClientId">Whose data.</param>
/// <param name="Keys">How many keys were destroyed, in all services.</param>
[Contract("intake.erasure-completed.v1")]
public sealed record ErasureCompleted(string ErasureId, string ClientId, int Keys);
