namespace Clinic.Intake.Domain;

/// <summary>Two pseudonyms are one person: told in both streams in one append.</summary>
public sealed record ClientsLinked(string ClientId, string Survivor, string Duplicate, string ReasonCode, string By);

/// <summary>They are two people after all.</summary>
public sealed record ClientsUnlinked(string ClientId, string Survivor, string Duplicate, string ReasonCode, string By);
