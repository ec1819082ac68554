using Clinic.Contracts.Consent;

namespace Clinic.Consent.Domain;

/// <summary>One disclosure, as far as regimes ask.</summary>
public sealed record LedgerEntry(string DisclosureId, DateTimeOffset At, string RecipientId, string Purpose, string LegalBasis, string Description);

/// <summary>Several disclosures to one recipient for one purpose, told together: 45 CFR 164.528(b)(3).</summary>
public sealed record RepeatedDisclosure(string RecipientId, string Purpose, DateTimeOffset First, int Times, DateTimeOffset Last);

/// <summary>Which disclosures a regime shows: filters on one ledger.</summary>
public static class AccountingRegime
{
    private static readonly string[] TreatmentPaymentOperations = ["TREAT", "ETREAT", "HPAYMT", "HOPERAT"];

    // To the person itself, whoever speaks for it.
    private static readonly string[] ToTheClient = ["PATRQT", "FAMRQT", "PWATRNY", "SUPNWK"];

    /// <param name="asked">When it was asked for: HIPAA reaches back six years from there, Part 2 three.</param>
    /// <param name="suspensions">Those in force when it is issued; they concern the regimes of agencies' right, not the client's own.</param>
    public static bool Shows(string regime, LedgerEntry entry, DateTimeOffset asked, IReadOnlyCollection<Suspension> suspensions, DateTimeOffset issued) => regime switch
    {
        AccountingRegimes.Hipaa => entry.At >= Begin(asked, 6) && !IsAuthorised(entry) && !TreatmentPaymentOperations.Contains(entry.Purpose)
            && !ToTheClient.Contains(entry.Purpose) && !IsSuspended(entry, suspensions, issued),
        AccountingRegimes.Part2 => entry.At >= Begin(asked, 3) && IsAuthorised(entry) && !IsSuspended(entry, suspensions, issued),
        _ => !IsSuspended(entry, suspensions, issued)
    };

    public static RepeatedDisclosure[] Repeated(IEnumerable<LedgerEntry> entries) =>
    [
        .. entries.GroupBy(e => (e.RecipientId, e.Purpose)).Where(g => g.Count() > 1)
            .Select(g => new RepeatedDisclosure(g.Key.RecipientId, g.Key.Purpose, g.Min(e => e.At), g.Count(), g.Max(e => e.At)))
            .OrderBy(r => r.First).ThenBy(r => r.RecipientId, StringComparer.Ordinal)
    ];

    /// <summary>Whole days: what was made on the anniversary is shown (T48).</summary>
    private static DateTimeOffset Begin(DateTimeOffset asked, int years) => new(asked.UtcDateTime.Date.AddYears(-years), TimeSpan.Zero);

    private static bool IsAuthorised(LedgerEntry entry) => entry.LegalBasis == LegalBases.Consent;

    private static bool IsSuspended(LedgerEntry entry, IReadOnlyCollection<Suspension> suspensions, DateTimeOffset issued) =>
        suspensions.Any(s => s.AgencyId == entry.RecipientId && s.HoldsAt(issued));
}
