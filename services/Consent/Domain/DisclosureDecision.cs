using Clinic.Contracts.Consent;

namespace Clinic.Consent.Domain;

/// <summary>
/// May this leave now, and with which labels? Default deny, an explicit denial beats every permit, and pure: the same
/// directives, request and instant always give the same answer, so an auditor can ask again. Asked at the request and again at
/// the release (domain rule 2.2.5).
/// </summary>
/// <param name="Directive">The directive that permits, or that the reason is about.</param>
/// <param name="ReasonCode">Null when permitted.</param>
/// <param name="Labels">The only labels an item may carry to leave; what is not listed is redacted. Sorted.</param>
/// <param name="Because">The grounds, for a person, in the order in which they were looked at.</param>
public sealed record DisclosureDecision(Directive? Directive, string? ReasonCode, string[] Labels, string[] Because)
{
    /// <summary>Raise it with every change of the rules below; decisions are recorded with it.</summary>
    public const int PolicyVersion = 3;

    /// <summary>Notes of this kind never leave by category: 45 CFR 164.508(a)(2).</summary>
    private const string PsychotherapyNotes = "PSYTHPN";

    public bool IsPermitted => ReasonCode is null;

    /// <summary>Labels of these items, or their sharing level, because of which some of them stay behind.</summary>
    public string[] Redacts(IEnumerable<LabelledItem> items) =>
    [
        .. items.SelectMany(i => i.Labels.Except(Labels).Concat(i.SharingLevel is null or SharingLevels.Disclosable ? [] : ["NOAUTH"]))
            .Distinct().Order(StringComparer.Ordinal)
    ];

    /// <summary>Permit, redact or deny, as a person is told.</summary>
    public string Outcome(IReadOnlyCollection<LabelledItem> items) => !IsPermitted ? "deny" : Redacts(items).Length > 0 ? "redact" : "permit";

    /// <param name="linked">Consents of other client ids of the same person: each may deny, none may add (T57).</param>
    public static DisclosureDecision Evaluate(
        ClientConsents? consents, DisclosureRequested request, DateTimeOffset now, IReadOnlyCollection<ClientConsents>? linked = null)
    {
        if (request.LegalBasis != LegalBases.Consent) return WithoutConsent.Evaluate(request);
        var own = Own(consents, request, now);
        foreach (var other in linked ?? [])
        {
            if (!own.IsPermitted) return own;
            // What should never have been recorded there says nothing here, and hides nothing that was said.
            var said = other with { Directives = [.. other.Directives.Where(d => d.Status != DirectiveStatus.EnteredInError)] };
            own = Together(own, Own(said, request with { ClientId = other.ClientId }, now), other, Denials.Of(said, request, now).Labels);
        }
        return own;
    }

    private static DisclosureDecision Own(ClientConsents? consents, DisclosureRequested request, DateTimeOffset now)
    {
        if (consents is null || consents.ClientId != request.ClientId)
            return Deny(null, "no_consent", "The client has agreed to nothing here.");

        var denials = Denials.Of(consents, request, now);
        if (denials.Whole is { } whole) return Deny(whole.Directive, "explicitly_denied", $"{whole.Source} forbids it, and that beats every permit.");

        var covering = consents.Directives.Where(d => d.Scopes.Any(s => Covers(s, request))).ToArray();

        // A withdrawn directive bars only itself: consenting again is a new directive, and it counts.
        var active = covering.Where(d => d.IsActiveAt(now) && !d.IsHeldAt(now)).ToArray();
        if (active.MaxBy(d => LabelsOf(d, request).Length) is { } best)
        {
            var labels = LabelsOf(best, request).Except(denials.Labels).ToArray();
            return new(best, null, labels,
            [
                $"{Name(best)} lets {request.RecipientId} have {string.Join(", ", request.Categories)} for {request.Purpose}.",
                labels.Length == 0 ? "Nothing labelled as sensitive may go along." : $"Items labelled {string.Join(", ", labels)} may go along, no others.",
                .. denials.Labels.Length == 0 ? (string[])[] : [$"Left out because they are denied: {string.Join(", ", denials.Labels)}."]
            ]);
        }
        if (Array.Find(covering, d => d.IsActiveAt(now)) is { } held)
            return Deny(held, "reaffirmation_needed", $"{Name(held)} was signed by somebody whose authority has ended; the client has not reaffirmed it.");
        if (Array.Find(covering, d => d.Status != DirectiveStatus.EnteredInError && d.IsWithdrawnAt(now)) is { } ended)
            return Deny(ended, "consent_withdrawn", $"{Name(ended)} was withdrawn.");
        if (Array.Find(covering, d => d.Status == DirectiveStatus.Superseded && d.IsEndedAt(now)) is { } replaced)
            return Deny(replaced, "consent_superseded", $"{Name(replaced)} was replaced by another.");
        if (Array.Find(covering, d => d.Status != DirectiveStatus.EnteredInError && (d.IsExpiredAt(now) || d.IsEndedAt(now))) is { } expired)
            return Deny(expired, "consent_expired", $"{Name(expired)} has run out.");
        if (Array.Find(covering, d => d.Status == DirectiveStatus.EnteredInError) is { } error)
            return Deny(error, "consent_entered_in_error", $"{Name(error)} should never have been recorded.");
        if (Array.Find(covering, d => d.ValidFrom > now) is { } later)
            return Deny(later, "consent_not_yet_valid", $"{Name(later)} does not hold yet.");

        if (Array.Find(covering, d => d.Status == DirectiveStatus.Refused) is { } refused)
            return Deny(refused, "no_consent", $"{Name(refused)} was refused.");

        var narrower = consents.ActiveAt(now).FirstOrDefault(d => d.Scopes.Any(s => Concerns(s, request)));
        return narrower is null
            ? Deny(null, "no_consent", $"No directive lets {request.RecipientId} have anything for {request.Purpose}; purposes are compared, never widened.")
            : Deny(narrower, "not_covered", $"{Name(narrower)} covers fewer categories or another period.");
    }

    /// <summary>Where the other id never was asked about this recipient it has no say; where it was, both must agree.</summary>
    private static DisclosureDecision Together(DisclosureDecision own, DisclosureDecision other, ClientConsents linked, string[] denied) => other switch
    {
        { IsPermitted: true } => own with { Labels = [.. own.Labels.Intersect(other.Labels)], Because = [.. own.Because, $"The linked record {linked.ClientId} agrees."] },
        { ReasonCode: "no_consent", Directive: null } => own with
        {
            Labels = [.. own.Labels.Except(denied)],
            Because = [.. own.Because, $"The linked record {linked.ClientId} says nothing of this recipient."]
        },
        _ => Deny(other.Directive, "linked_record_denies", [.. other.Because, $"It is a directive of the linked record {linked.ClientId}: both must agree."])
    };

    // Purposes are compared, never subsumed: BTG is a kind of TREAT in HL7's hierarchy (domain rule 2.2.6).
    private static bool Concerns(ConsentScope scope, DisclosureRequested request) =>
        scope.Kind == ScopeKinds.Disclosure
        && scope.Disclosure is { Denies: false } allowed
        && allowed.RecipientId == request.RecipientId
        && allowed.Purpose == request.Purpose;

    private static bool Covers(ConsentScope scope, DisclosureRequested request) =>
        Concerns(scope, request)
        && request.Categories.All(scope.Disclosure!.Categories.Contains)
        && !(request.PeriodFrom < scope.Disclosure.PeriodFrom)
        && !(request.PeriodTo > scope.Disclosure.PeriodTo);

    private static string[] LabelsOf(Directive directive, DisclosureRequested request) =>
    [
        .. directive.Scopes.Where(s => Covers(s, request)).SelectMany(s => s.Disclosure!.Sensitivity).Distinct()
            .Where(label => label != PsychotherapyNotes).Order(StringComparer.Ordinal)
    ];

    internal static string Name(Directive directive) =>
        $"Directive {directive.Id}, version {directive.Version} (document {directive.Document.Id} v{directive.Document.Version}, {directive.Document.Language}),";

    internal static DisclosureDecision Deny(Directive? directive, string reason, params string[] because) => new(directive, reason, [], because);
}

/// <summary>What an owner would have to look at: an item's labels, and how far the client shares it.</summary>
/// <param name="SharingLevel">One of <see cref="SharingLevels"/>; null is disclosable.</param>
public sealed record LabelledItem(string[] Labels, string? SharingLevel = null);
