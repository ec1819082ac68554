namespace Clinic.Contracts.Consent;

/// <summary>How far the client shares one item (S20). Whoever owns the item keeps its level; a release uses the latest.</summary>
public static class SharingLevels
{
    /// <summary>For the client and whom it was written to or by. Never disclosed by category.</summary>
    public const string Private = "private";

    /// <summary>For those who treat the client here. Not disclosed by category.</summary>
    public const string CareTeam = "care-team";

    /// <summary>As far as the client's directives go. What an item has unless the client chose.</summary>
    public const string Disclosable = "disclosable";

    public static IReadOnlyCollection<string> All { get; } = [Private, CareTeam, Disclosable];
}
