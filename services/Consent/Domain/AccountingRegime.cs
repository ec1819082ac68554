using Clinic.Contracts.Consent;

namespace Clinic.Consent.Domain;

/// <summary>One disclosure, as far as regimes ask.</summary>
/// <param name="Onward">Made by an intermediary, not here.</param>
/// <param name="Recipient">Name and address, where they are told; they tell recipients of emergency disclosures apart.</param>
public sealed record LedgerEntry(
    string DisclosureId, DateTimeOffset At, string RecipientId, string Purpose, string LegalBasis, string Description, string Recipient = "",
    bool Onward = false);

/// <summary>Several disclosures to one recipient for one purpose on one basis, told together: 45 CFR 164.528(b)(3).</summary>
public sealed record RepeatedDisclosure(
    string Recipient, string Purpose, string LegalBasis, DateTimeOffset First, int Times, DateTimeOffset Last);

/// <summary>Which disclosures a regime shows: filters on one ledger.</summary>
public static class AccountingRegime
{
    /// <param name="issued">Suspensions in force then leave out; when it was asked for bounds the rest.</param>
    public static bool Shows(AccountingRequest request, LedgerEntry entry, IReadOnlyCollection<Suspension> suspensions, DateTimeOffset issued) =>
        entry.At <= request.AskedAt && IsAskedFor(request, entry) && !suspensions.Any(s => s.AgencyId == entry.RecipientId && s.HoldsAt(issued))
        && request.Regime switch
        {
            // Treatment, payment, operations and what goes to the client leave here under the client's agreement; whatever else a
            // purpose may say, what rests on no agreement has to be shown.
            AccountingRegimes.Hipaa => !entry.Onward && entry.At >= Begin(request.AskedAt, 6) && !IsAuthorised(entry),
            AccountingRegimes.Part2 => !entry.Onward && entry.At >= Begin(request.AskedAt, 3) && IsAuthorised(entry),
            AccountingRegimes.Intermediary => entry.Onward && entry.At >= Begin(request.AskedAt, 3),
            _ => true
        };

    public static RepeatedDisclosure[] Repeated(IEnumerable<LedgerEntry> entries) =>
    [
        .. entries.GroupBy(e => (e.RecipientId, e.Recipient, e.Purpose, e.LegalBasis)).Where(g => g.Count() > 1)
            .Select(g => new RepeatedDisclosure(
                g.Key.Recipient.Length > 0 ? g.Key.Recipient : g.Key.RecipientId, g.Key.Purpose, g.Key.LegalBasis, g.Min(e => e.At), g.Count(), g.Max(e => e.At)))
            .OrderBy(r => r.First).ThenBy(r => r.Recipient, StringComparer.Ordinal)
    ];

    /// <summary>Whole days: what was made on the anniversary is shown (T48).</summary>
    private static DateTimeOffset Begin(DateTimeOffset asked, int years) => new(asked.UtcDateTime.Date.AddYears(-years), TimeSpan.Zero);

    private static bool IsAskedFor(AccountingRequest request, LedgerEntry entry)
    {
        var day = DateOnly.FromDateTime(entry.At.UtcDateTime);
        return !(day < request.From) && !(day > request.To);
    }

    private static bool IsAuthorised(LedgerEntry entry) => entry.LegalBasis == LegalBases.Consent;
}
