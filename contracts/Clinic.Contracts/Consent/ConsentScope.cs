namespace Clinic.Contracts.Consent;

/// <summary>
/// One thing a directive allows. What is not listed is not allowed. Source: domain rules 2.2.1 and 2.2.3. In events nothing is labelled,
/// because every system of the clinic hears them: <c>sensitivity</c> is empty there, denials of labels and <c>sud-counseling-notes</c> are
/// left out.
/// </summary>
/// <param name="Kind">One of <see cref="ScopeKinds"/>.</param>
/// <param name="Value">Which modality, platform or study; for those kinds only.</param>
/// <param name="Disclosure">To whom and what for; for kind <c>disclosure</c>, and for notes and proceedings, whose documents
/// have to name it.</param>
public sealed record ConsentScope(string Kind, string? Value = null, DisclosureScope? Disclosure = null);

/// <summary>A disclosure the client agrees to, or, with effect <c>deny</c>, forbids. A denial beats every permit.</summary>
/// <param name="RecipientId">A registered recipient; <c>any</c> in a denial.</param>
/// <param name="Purpose">
/// One of <see cref="PurposesOfUse"/>, matched exactly: a permit for TREAT says nothing of BTG. <c>any</c> in a denial, which
/// does not reach BTG: breaking the glass is denied by name only.
/// </param>
/// <param name="Categories">
/// Record categories, lower-case codes such as <c>session-summaries</c>. None in a denial is every category.
/// </param>
/// <param name="Sensitivity">
/// The <see cref="SensitivityLabels"/> this recipient may see; others are redacted. In a denial, those that are left out; none
/// there denies the disclosure as a whole.
/// </param>
/// <param name="PeriodFrom">First day of the records covered; null is no lower bound.</param>
/// <param name="PeriodTo">Last day of the records covered, included; null is no upper bound.</param>
/// <param name="Effect"><c>deny</c>; null permits.</param>
/// <param name="Onward">
/// To whom an intermediary may give it on: ids of its participants, or <see cref="TreatingProviders"/> alone, a general designation
/// (42 CFR 2.31(a)(4)(ii)). Null: to nobody.
/// </param>
public sealed record DisclosureScope(
    string RecipientId, string Purpose, string[] Categories, string[] Sensitivity,
    DateOnly? PeriodFrom = null, DateOnly? PeriodTo = null, string? Effect = null, string[]? Onward = null)
{
    public const string Deny = "deny";

    /// <summary>Every recipient or purpose, in a denial.</summary>
    public const string Any = "any";

    /// <summary>Every participant of the intermediary that treats the client.</summary>
    public const string TreatingProviders = "treating-providers";

    /// <summary>Whether it forbids.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool Denies => Effect == Deny;
}

/// <summary>What a directive can be about.</summary>
public static class ScopeKinds
{
    public const string Treatment = "treatment";

    /// <summary>Value: the modality, for example <c>video</c>.</summary>
    public const string Modality = "modality";

    public const string Recording = "recording";

    /// <summary>Value: the platform's id. Platforms may collect data of their own (S47).</summary>
    public const string Platform = "platform";

    /// <summary>Value: the study's id.</summary>
    public const string Research = "research";

    /// <summary>Carries a <see cref="DisclosureScope"/>.</summary>
    public const string Disclosure = "disclosure";

    /// <summary>In a directive of its own: 45 CFR 164.508(a)(2).</summary>
    public const string PsychotherapyNotes = "psychotherapy-notes";

    /// <summary>In a directive of its own: 42 CFR 2.31(b).</summary>
    public const string SudCounselingNotes = "sud-counseling-notes";

    /// <summary>In a directive of its own: 42 CFR 2.31(d).</summary>
    public const string LegalProceedings = "legal-proceedings";

    /// <summary>Every kind.</summary>
    public static IReadOnlyCollection<string> All { get; } =
    [
        Treatment, Modality, Recording, Platform, Research, Disclosure, PsychotherapyNotes, SudCounselingNotes,
        LegalProceedings
    ];
}
