namespace Clinic.Contracts.Intake;

/// <summary>The client has read content that was delivered to them. Nobody acknowledges for somebody else.</summary>
/// <param name="ClientId">Who.</param>
/// <param name="ContentId">Which content.</param>
/// <param name="Version">The version they read.</param>
[Contract("intake.acknowledge-content.v1")]
public sealed record AcknowledgeContent(string ClientId, string ContentId, int Version);
