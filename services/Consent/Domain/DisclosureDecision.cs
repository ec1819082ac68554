using Clinic.Contracts.Consent;

namespace Clinic.Consent.Domain;

/// <summary>
/// May this leave now? Default deny, and pure: the same directives, request and instant always give the same answer,
/// so an auditor can ask again. Asked at the request and again at the release (domain rule 2.2.5).
/// </summary>
/// <param name="Directive">The directive that permits, or that the reason is about.</param>
/// <param name="ReasonCode">Null when permitted.</param>
public sealed record DisclosureDecision(Directive? Directive, string? ReasonCode)
{
    /// <summary>Raise it with every change of the rules below; decisions are recorded with it.</summary>
    public const int PolicyVersion = 1;

    public bool IsPermitted => ReasonCode is null;

    /// <summary>The only labels an item may carry to leave; what is not listed is redacted.</summary>
    public string[] LabelsFor(DisclosureRequested request) => !IsPermitted
        ? []
        : [.. Directive!.Scopes.Where(s => Covers(s, request)).SelectMany(s => s.Disclosure!.Sensitivity).Distinct().Order(StringComparer.Ordinal)];

    public static DisclosureDecision Evaluate(ClientConsents? consents, DisclosureRequested request, DateTimeOffset now)
    {
        if (consents is null || consents.ClientId != request.ClientId) return new(null, "no_consent");

        var covering = consents.Directives.Where(d => d.Scopes.Any(s => Covers(s, request))).ToArray();

        // A withdrawn directive bars only itself: consenting again is a new directive, and it counts.
        if (Array.Find(covering, d => d.IsActiveAt(now)) is { } active) return new(active, null);
        if (Array.Find(covering, d => d.IsWithdrawnAt(now)) is { } ended) return new(ended, "consent_withdrawn");
        if (Array.Find(covering, d => d.IsExpiredAt(now)) is { } expired) return new(expired, "consent_expired");
        if (Array.Find(covering, d => d.ValidFrom > now) is { } later) return new(later, "consent_not_yet_valid");

        var narrower = consents.ActiveAt(now).FirstOrDefault(d => d.Scopes.Any(s => Concerns(s, request)));
        return narrower is null ? new(null, "no_consent") : new(narrower, "not_covered");
    }

    // Purposes are compared, never subsumed: BTG is a kind of TREAT in HL7's hierarchy (domain rule 2.2.6).
    private static bool Concerns(ConsentScope scope, DisclosureRequested request) =>
        scope.Kind == ScopeKinds.Disclosure
        && scope.Disclosure is { } allowed
        && allowed.RecipientId == request.RecipientId
        && allowed.Purpose == request.Purpose;

    private static bool Covers(ConsentScope scope, DisclosureRequested request) =>
        Concerns(scope, request)
        && request.Categories.All(scope.Disclosure!.Categories.Contains)
        && !(request.PeriodFrom < scope.Disclosure.PeriodFrom)
        && !(request.PeriodTo > scope.Disclosure.PeriodTo);
}
