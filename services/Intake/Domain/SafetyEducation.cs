namespace Clinic.Intake.Domain;

/// <summary>Content was given to a client.</summary>
public sealed record EducationDelivered(string ClientId, string ContentId, int Version, string Language);

/// <summary>The client has read it.</summary>
public sealed record SafetyEducationAcknowledged(string ClientId, string ContentId, int Version);
