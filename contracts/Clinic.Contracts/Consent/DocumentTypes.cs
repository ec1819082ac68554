namespace Clinic.Contracts.Consent;

/// <summary>What a consent document is for. Each type has elements without which it is none.</summary>
public static class DocumentTypes
{
    /// <summary>45 CFR 164.508(c).</summary>
    public const string HipaaAuthorization = "hipaa-authorization";

    /// <summary>42 CFR 2.31(a).</summary>
    public const string Part2Consent = "part2-consent";

    /// <summary>GDPR 9(2)(a) with 7 and 13.</summary>
    public const string GdprExplicitConsent = "gdpr-explicit-consent";

    /// <summary>Informed consent to therapy online (S28, S53, S54).</summary>
    public const string OnlineTherapy = "online-therapy";

    public static IReadOnlyCollection<string> All { get; } = [HipaaAuthorization, Part2Consent, GdprExplicitConsent, OnlineTherapy];
}
