namespace Clinic.Contracts.Consent;

/// <summary>Which disclosures an accounting shows.</summary>
public static class AccountingRegimes
{
    /// <summary>Six years; everything that rests on no agreement of the client's: 45 CFR 164.528(a)(1).</summary>
    public const string Hipaa = "hipaa";

    /// <summary>Three years; those made under the client's consent: 42 CFR 2.25.</summary>
    public const string Part2 = "part2";

    /// <summary>Every disclosure there was: what a client may know here (GDPR 15(1)(c)).</summary>
    public const string Everything = "everything";

    /// <summary>
    /// Three years, within 30 days: what intermediaries gave on under a general designation, as they reported it: 42 CFR 2.24.
    /// </summary>
    public const string Intermediary = "intermediary";

    public static IReadOnlyCollection<string> All { get; } = [Hipaa, Part2, Everything, Intermediary];
}
