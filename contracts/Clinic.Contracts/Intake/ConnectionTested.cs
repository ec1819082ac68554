namespace Clinic.Contracts.Intake;

/// <summary>A client's connection was tested.</summary>
/// <param name="ClientId">Whose.</param>
/// <param name="TestId">The test.</param>
/// <param name="Modalities">Of <see cref="CareModalities"/>, what it carries; empty when nothing.</param>
[Contract("intake.connection-tested.v1")]
public sealed record ConnectionTested(string ClientId, string TestId, string[] Modalities);
