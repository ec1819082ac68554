namespace Clinic.Contracts.Intake;

/// <summary>Two pseudonyms turned out to be one person. Nothing is copied: both records stay as they are.</summary>
/// <param name="Survivor">The pseudonym that goes on.</param>
/// <param name="Duplicate">The other one; no new care is decided on it.</param>
/// <param name="ReasonCode">Code of how it was found.</param>
[Contract("intake.link-clients.v1")]
public sealed record LinkClients(string Survivor, string Duplicate, string ReasonCode);
