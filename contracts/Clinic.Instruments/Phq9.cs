namespace Clinic.Instruments;

/// <summary>
/// Patient Health Questionnaire, nine items of 0 to 3 about the last two weeks; total 0 to 27. The difficulty question
/// is not scored and not part of the items. Caseness is a total of 10 or more.
/// </summary>
public static class Phq9
{
    public const string Code = "phq-9";
    public const int ItemCount = 9;
    public const int MaxAnswer = ItemSum.MaxAnswer;

    /// <summary>Changes whenever the same answers could score otherwise.</summary>
    public const string ScorerVersion = "phq-9/1";

    public const string Minimal = "minimal";
    public const string Mild = "mild";
    public const string Moderate = "moderate";
    public const string ModeratelySevere = "moderately-severe";
    public const string Severe = "severe";

    /// <summary>Scores nine answers in the questionnaire's order; null is a missing answer.</summary>
    /// <exception cref="ArgumentException">Not nine answers, or one outside 0 to 3.</exception>
    public static InstrumentScore Score(IReadOnlyList<int?> items)
    {
        var (total, validity) = ItemSum.Of(items, ItemCount);
        return new InstrumentScore(ScorerVersion, total, total is { } sum ? Band(sum) : null, validity);
    }

    /// <summary>
    /// Thoughts of being better off dead or of self-harm. Stands apart from the total: 1 or more always needs a human,
    /// however low the total and however many other answers are missing.
    /// </summary>
    public static int? ItemNine(IReadOnlyList<int?> items) => items[8];

    /// <summary>Two totals differ by more than the instrument's own noise: 6 or more, in either direction.</summary>
    public static bool IsReliableChange(int earlierTotal, int laterTotal) => Math.Abs(laterTotal - earlierTotal) >= 6;

    private static string Band(int total) => total switch
    {
        <= 4 => Minimal,
        <= 9 => Mild,
        <= 14 => Moderate,
        <= 19 => ModeratelySevere,
        _ => Severe
    };
}
