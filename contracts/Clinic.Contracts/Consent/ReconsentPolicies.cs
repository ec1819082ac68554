namespace Clinic.Contracts.Consent;

/// <summary>What a new version of a consent document means for who agreed to an earlier one in the same language (T5, T6).</summary>
public static class ReconsentPolicies
{
    /// <summary>Earlier agreements hold on.</summary>
    public const string None = "none";

    /// <summary>Everybody is asked again; earlier agreements hold until a date.</summary>
    public const string ByDate = "by-date";

    /// <summary>Everybody is asked again; earlier agreements hold no longer.</summary>
    public const string AtOnce = "at-once";

    public static IReadOnlyCollection<string> All { get; } = [None, ByDate, AtOnce];
}
