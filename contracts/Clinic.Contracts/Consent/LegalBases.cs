namespace Clinic.Contracts.Consent;

/// <summary>On what a disclosure rests.</summary>
public static class LegalBases
{
    /// <summary>The client's own agreement.</summary>
    public const string Consent = RequestDisclosure.Consent;

    /// <summary>45 CFR 164.512(e)(1)(i); for addiction records an order under 42 CFR 2.61.</summary>
    public const string CourtOrder = "court-order";

    /// <summary>45 CFR 164.512(e)(1)(ii). Never enough for addiction records.</summary>
    public const string Subpoena = "subpoena";

    /// <summary>45 CFR 164.512(b)(1)(ii); for addiction records 42 CFR 2.12(c)(6).</summary>
    public const string MandatedReport = "mandated-report";

    /// <summary>45 CFR 164.512(j). Never enough for addiction records.</summary>
    public const string SeriousThreat = "serious-threat";

    /// <summary>42 CFR 2.51; always with an emergency access.</summary>
    public const string Emergency = "emergency";

    /// <summary>Those that need an approver and a document instead of a consent.</summary>
    public static IReadOnlyCollection<string> WithoutConsent { get; } = [CourtOrder, Subpoena, MandatedReport, SeriousThreat];
}
