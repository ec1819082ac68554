namespace Clinic.Contracts.Consent;

/// <summary>By what right somebody decides for a client.</summary>
public static class ProxyKinds
{
    /// <summary>Of a minor. Ends at the local midnight at which the client comes of age.</summary>
    public const string Guardian = "guardian";

    public const string PowerOfAttorney = "power-of-attorney";
    public const string CourtAppointed = "court-appointed";

    public static IReadOnlyCollection<string> All { get; } = [Guardian, PowerOfAttorney, CourtAppointed];
}
