using Clinic.Contracts.Consent;

namespace Clinic.Consent.Domain;

/// <summary>What the client forbids: denials of active directives, and of restrictions the clinic has agreed to.</summary>
/// <param name="Whole">A denial of the whole disclosure.</param>
/// <param name="Labels">Labels that may not go along.</param>
internal sealed record Denials(Denial? Whole, string[] Labels)
{
    public static Denials Of(ClientConsents consents, DisclosureRequested request, DateTimeOffset now)
    {
        var matching = All(consents, now).Where(d => Matches(d.Scope, request)).ToArray();
        return new(Array.Find(matching, d => d.Scope.Sensitivity.Length == 0), [.. matching.SelectMany(d => d.Scope.Sensitivity).Distinct().Order(StringComparer.Ordinal)]);
    }

    internal const string Btg = "BTG";

    internal static IEnumerable<Denial> All(ClientConsents consents, DateTimeOffset now) =>
        // What a proxy has forbidden stays forbidden while the client has not spoken: holding it would open something.
        consents.ActiveAt(now).SelectMany(d => d.Scopes.Where(s => s.Disclosure is { Denies: true })
                .Select(s => new Denial(s.Disclosure!, d, DisclosureDecision.Name(d))))
            .Concat(consents.Restrictions.Where(r => r.Holds)
                .SelectMany(r => r.Forbidden.Select(s => new Denial(s, null, $"The restriction {r.Id} agreed with the client"))));

    private static bool Matches(DisclosureScope denied, DisclosureRequested request) =>
        (denied.RecipientId == DisclosureScope.Any || denied.RecipientId == request.RecipientId)
        && (denied.Purpose == request.Purpose || (denied.Purpose == DisclosureScope.Any && request.Purpose != Btg))
        && (denied.Categories.Length == 0 || denied.Categories.Intersect(request.Categories).Any())
        && !(request.PeriodTo < denied.PeriodFrom) && !(request.PeriodFrom > denied.PeriodTo);
}

internal sealed record Denial(DisclosureScope Scope, Directive? Directive, string Source);
