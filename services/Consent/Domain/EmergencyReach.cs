using Clinic.Contracts.Consent;

namespace Clinic.Consent.Domain;

/// <summary>
/// What an emergency access may show. Nothing but a denial of BTG by its own name takes anything from it (domain rule 2.2.6); such a
/// denial counts in the client's own record and in every linked one, and at every look as it stands then.
/// </summary>
/// <param name="Refusal">Why nothing may be shown, for a person; null where something may.</param>
/// <param name="Labels">The only labels an item may carry to be shown. Sorted.</param>
public sealed record EmergencyReach(string? Refusal, string[] Labels)
{
    /// <summary>Psychotherapy notes are not reached: 45 CFR 164.508(a)(2).</summary>
    private static readonly string[] Everything =
        [.. SensitivityLabels.All.Where(label => label != "PSYTHPN").Order(StringComparer.Ordinal)];

    /// <summary>Whether the glass may be broken at all: what is forbidden of a category, a period or a label leaves the rest.</summary>
    public static bool IsDenied(IEnumerable<ClientConsents?> records, DateTimeOffset now) =>
        Named(records, now).Any(d => d is { Sensitivity.Length: 0, Categories.Length: 0, PeriodFrom: null, PeriodTo: null });

    /// <summary>One look.</summary>
    /// <param name="records">The client's own consents and the linked ones; those there are none of do not count.</param>
    public static EmergencyReach Of(IEnumerable<ClientConsents?> records, string category, DateOnly from, DateOnly to, DateTimeOffset now)
    {
        var matching = Named(records, now)
            .Where(d => (d.Categories.Length == 0 || d.Categories.Contains(category)) && !(to < d.PeriodFrom) && !(from > d.PeriodTo)).ToArray();
        return Array.Exists(matching, d => d.Sensitivity.Length == 0)
            ? new("The client has forbidden this by name, in an emergency too.", [])
            : new(null, [.. Everything.Except(matching.SelectMany(d => d.Sensitivity))]);
    }

    private static IEnumerable<DisclosureScope> Named(IEnumerable<ClientConsents?> records, DateTimeOffset now) =>
        records.OfType<ClientConsents>().SelectMany(r => Denials.All(r, now)).Select(d => d.Scope).Where(s => s.Purpose == Denials.Btg);
}
