namespace Clinic.Instruments;

/// <summary>What an instrument says about one set of answers.</summary>
/// <param name="ScorerVersion">Which scorer said it; the same answers and version always give the same score.</param>
/// <param name="Total">The sum the instrument defines; null when it has none or too much is missing.</param>
/// <param name="Band">The instrument's word for the severity; null when the answers do not support one.</param>
/// <param name="Validity">One of <see cref="Validities"/>.</param>
public sealed record InstrumentScore(string ScorerVersion, int? Total, string? Band, string Validity)
{
    /// <summary><see cref="Units.Tenths"/> where 359 means 35.9; null for whole points.</summary>
    public string? Unit { get; init; }

    /// <summary>Parts that are reported beside the total, in a fixed order.</summary>
    public IReadOnlyList<Subscale> Subscales { get; init; } = [];
}

/// <summary>Part of an instrument.</summary>
/// <param name="Code">For example <c>bond</c>.</param>
/// <param name="Total">In the unit of the score; null when too much of it is missing.</param>
public sealed record Subscale(string Code, int? Total);

/// <summary>What a number counts. Nothing here is ever a fraction: what is marked on a line is kept in tenths.</summary>
public static class Units
{
    public const string Tenths = "tenths";
}

/// <summary>How far a score may be trusted.</summary>
public static class Validities
{
    /// <summary>Everything was answered that the instrument asks for.</summary>
    public const string Complete = "complete";

    /// <summary>A few answers are missing; the total is the others' mean over all items, rounded half up.</summary>
    public const string Prorated = "prorated";

    /// <summary>A question of a yes/no screener is missing; the band is the least the answers allow.</summary>
    public const string Incomplete = "incomplete";

    /// <summary>Too much is missing for a total.</summary>
    public const string Invalid = "invalid";
}
