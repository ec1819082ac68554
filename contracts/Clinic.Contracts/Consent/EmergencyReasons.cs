namespace Clinic.Contracts.Consent;

/// <summary>Why the glass may be broken.</summary>
public static class EmergencyReasons
{
    public const string MedicalEmergency = "medical-emergency";
    public const string SuicideRisk = "suicide-risk";
    public const string HarmToOthers = "harm-to-others";
    public const string ClientUnreachable = "client-unreachable";

    public static IReadOnlyCollection<string> All { get; } = [MedicalEmergency, SuicideRisk, HarmToOthers, ClientUnreachable];
}
