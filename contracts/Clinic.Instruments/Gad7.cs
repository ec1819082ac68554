namespace Clinic.Instruments;

/// <summary>
/// Generalised Anxiety Disorder scale, seven items of 0 to 3 about the last two weeks; total 0 to 21. Screening cut-off
/// is 10; the NHS counts 8 or more as caseness.
/// </summary>
public static class Gad7
{
    public const string Code = "gad-7";
    public const int ItemCount = 7;
    public const int MaxAnswer = ItemSum.MaxAnswer;

    /// <summary>Changes whenever the same answers could score otherwise.</summary>
    public const string ScorerVersion = "gad-7/1";

    public const string Minimal = "minimal";
    public const string Mild = "mild";
    public const string Moderate = "moderate";
    public const string Severe = "severe";

    /// <summary>Scores seven answers in the questionnaire's order; null is a missing answer.</summary>
    /// <exception cref="ArgumentException">Not seven answers, or one outside 0 to 3.</exception>
    public static InstrumentScore Score(IReadOnlyList<int?> items)
    {
        var (total, validity) = ItemSum.Of(items, ItemCount);
        return new InstrumentScore(ScorerVersion, total, total is { } sum ? Band(sum) : null, validity);
    }

    /// <summary>Two totals differ by more than the instrument's own noise: 4 or more, in either direction.</summary>
    public static bool IsReliableChange(int earlierTotal, int laterTotal) => Math.Abs(laterTotal - earlierTotal) >= 4;

    private static string Band(int total) => total switch
    {
        <= 4 => Minimal,
        <= 9 => Mild,
        <= 14 => Moderate,
        _ => Severe
    };
}
