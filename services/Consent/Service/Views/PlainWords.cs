using System.Globalization;
using Clinic.Consent.Domain;
using Clinic.Contracts.Consent;

namespace Clinic.Consent.Service.Views;

/// <summary>A directive as the client is told of it.</summary>
/// <param name="Says">What it allows or forbids, one sentence each.</param>
/// <param name="State">How it stands, in words.</param>
/// <param name="HowToEnd">Ending is as easy as agreeing was: one command with this id.</param>
internal sealed record PlainConsent(string DirectiveId, string[] Says, string State, bool Holds, string? HowToEnd, string DocumentId, int DocumentVersion, string Language);

/// <summary>One look into the record, or one thing that left it.</summary>
internal sealed record PlainSight(DateTimeOffset At, string Who, string What, string Why, string? Note = null);

/// <summary>Codes in words a client reads. English; a page in another language maps the codes itself.</summary>
internal static class PlainWords
{
    public static PlainConsent Of(Directive directive, DateTimeOffset now)
    {
        var holds = directive.HoldsAt(now);
        return new(directive.Id, [.. directive.Scopes.Select(Of)], State(directive, now), holds,
            !directive.HoldsNowOrLater(now) ? null
                : directive.Forbids ? "Send consent.withdraw-consent.v1 with this directiveId. No reason is needed; nothing else ends it."
                : "Send consent.withdraw-consent.v1 with this directiveId, or without one to end all that you allow. No reason is needed.",
            directive.Document.Id, directive.Document.Version, directive.Document.Language);
    }

    public static string Purpose(string code) => code switch
    {
        "TREAT" => "your treatment",
        "ETREAT" => "treatment in an emergency",
        "BTG" => "an emergency",
        "HPAYMT" => "payment for your care",
        "HOPERAT" => "running the clinic",
        "HRESCH" => "research",
        "HLEGAL" => "a legal matter",
        "PATSFTY" => "the safety of patients",
        "PATRQT" or "FAMRQT" or "PWATRNY" or "SUPNWK" => "your own request, or that of somebody who speaks for you",
        _ => code
    };

    public static string Basis(string code) => code switch
    {
        LegalBases.Consent => "you agreed to it",
        LegalBases.CourtOrder => "a court ordered it",
        LegalBases.Subpoena => "a subpoena asked for it",
        LegalBases.MandatedReport => "the law demands a report",
        LegalBases.SeriousThreat => "somebody's life or health was in serious danger",
        LegalBases.Emergency => "it was an emergency",
        _ => code
    };

    /// <summary>What an intermediary gave on, and what speaks against it.</summary>
    public static string Onward(AccountingRow row) => $"It was given on {row.RecipientAddress}, which told the clinic so." + (row.Flags switch
    {
        [Contracts.Consent.OnwardDisclosureReported.NotConsented] => " You had not agreed to that.",
        [Contracts.Consent.OnwardDisclosureReported.NotAParticipant] => " It was not known then as one who takes part there.",
        [Contracts.Consent.OnwardDisclosureReported.NotTreating] => " You had agreed to those who treat you only.",
        _ => ""
    });

    private static string Of(ConsentScope scope) => scope switch
    {
        { Kind: ScopeKinds.Treatment } => "You agree to be treated.",
        { Kind: ScopeKinds.Modality } => $"You agree to meet by {scope.Value}.",
        { Kind: ScopeKinds.Recording } => "You agree that sessions are recorded.",
        { Kind: ScopeKinds.Platform } => $"You agree to the platform {scope.Value} and what it does with data.",
        { Kind: ScopeKinds.Research } => $"You agree to take part in the study {scope.Value}.",
        { Disclosure: { Denies: true } denied } =>
            $"You forbid that {Who(denied.RecipientId)} {(denied.Sensitivity.Length == 0 ? "receives" : $"receives what is labelled {string.Join(", ", denied.Sensitivity)} in")} "
            + $"{(denied.Categories.Length == 0 ? "your record" : string.Join(", ", denied.Categories))}{(denied.Purpose == DisclosureScope.Any ? "" : $" for {Purpose(denied.Purpose)}")}.",
        { Kind: ScopeKinds.Disclosure, Disclosure: { } allowed } =>
            $"{allowed.RecipientId} may receive {string.Join(", ", allowed.Categories)} for {Purpose(allowed.Purpose)}"
            + $"{(allowed.Sensitivity.Length == 0 ? ", but nothing that is marked as sensitive" : $", of what is marked as sensitive only {string.Join(", ", allowed.Sensitivity)}")}{Onward(allowed)}.",
        { Kind: ScopeKinds.PsychotherapyNotes } => $"Your therapist's private notes may be used as the document says{By(scope)}.",
        { Kind: ScopeKinds.SudCounselingNotes } => $"Notes of addiction counselling may be used as the document says{By(scope)}.",
        { Kind: ScopeKinds.LegalProceedings } => $"Your record may be used in legal proceedings as the document says{By(scope)}.",
        _ => scope.Kind
    };

    private static string State(Directive directive, DateTimeOffset now) => directive.Status switch
    {
        DirectiveStatus.Proposed => "You were asked and have not answered. Nothing is allowed.",
        DirectiveStatus.Refused => "You said no.",
        DirectiveStatus.Withdrawn => $"You ended it, from {Day(directive.WithdrawnFrom)} on.",
        DirectiveStatus.Superseded => "It was replaced by a later one.",
        DirectiveStatus.EnteredInError => "It was recorded by mistake and allows nothing.",
        DirectiveStatus.Expired => "It has run out.",
        _ when directive.IsExpiredAt(now) => "It has run out.",
        _ when directive.IsHeldAt(now) && !directive.Forbids => "Somebody agreed for you who may not any more. It rests until you say whether you agree.",
        _ when directive.ExpiresAt is { } end => $"It holds until {Day(end)}.",
        _ => "It holds until you end it."
    };

    private static string Onward(DisclosureScope allowed) => allowed.Onward switch
    {
        null => "",
        [DisclosureScope.TreatingProviders] => ", and may give it on to those who treat you",
        var named => $", and may give it on to {string.Join(", ", named)}"
    };

    private static string By(ConsentScope scope) => scope.Disclosure is { } named ? $", by {named.RecipientId} for {Purpose(named.Purpose)}" : "";

    private static string Who(string recipient) => recipient == DisclosureScope.Any ? "anybody outside" : recipient;

    private static string Day(DateTimeOffset? at) => at?.UtcDateTime.ToString("d MMMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture) ?? "then";
}
