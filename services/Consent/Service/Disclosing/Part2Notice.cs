namespace Clinic.Consent.Service.Disclosing;

/// <summary>The notice that goes along with records under 42 CFR Part 2.</summary>
internal static class Part2Notice
{
    /// <summary>Which wording: 42 CFR 2.32(a)(2).</summary>
    public const string Id = "42-cfr-2-32-a-2";

    public const string Text = "42 CFR part 2 prohibits unauthorized use or disclosure of these records.";
}
