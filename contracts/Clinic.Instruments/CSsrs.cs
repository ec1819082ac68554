namespace Clinic.Instruments;

/// <summary>
/// Columbia Suicide Severity Rating Scale, screener: six yes/no questions, no total. Questions 1 to 5 are about the
/// past month, question 6 (behaviour) about the lifetime and the past three months. A "no" to question 2 skips to 6.
/// The band sets a least safety response; it never decides treatment.
/// </summary>
public static class CSsrs
{
    public const string Code = "c-ssrs";
    public const int ItemCount = 6;
    public const int MaxAnswer = 1;

    /// <summary>Changes whenever the same answers could score otherwise.</summary>
    public const string ScorerVersion = "c-ssrs/1";

    /// <summary>Asked, and every answer was no.</summary>
    public const string None = "none";
    public const string Low = "low";
    public const string Moderate = "moderate";
    public const string High = "high";

    /// <summary>Scores six answers: 1 yes, 0 no, null not asked.</summary>
    /// <param name="items">Questions 1 to 6 in order.</param>
    /// <param name="pastThreeMonths">
    /// Whether the behaviour of question 6 was in the past three months. Unknown counts as yes: the error that costs a
    /// needless call is the one to make.
    /// </param>
    /// <exception cref="ArgumentException">Not six answers, or one that is neither 0, 1 nor null.</exception>
    public static InstrumentScore Score(IReadOnlyList<int?> items, bool? pastThreeMonths)
    {
        if (items.Count != ItemCount || items.Any(item => item is not (null or 0 or 1)))
            throw new ArgumentException("expected 6 answers of 0, 1 or null", nameof(items));

        bool Yes(int question) => items[question - 1] == 1;
        bool Asked(int question) => items[question - 1] is not null;

        var complete = Asked(1) && Asked(2) && Asked(6) && (!Yes(2) || (Asked(3) && Asked(4) && Asked(5)));
        // a yes counts wherever it stands, also where the skip rule would not have asked
        var band = Yes(4) || Yes(5) || (Yes(6) && pastThreeMonths is not false) ? High
            : Yes(3) || Yes(6) ? Moderate
            : Yes(1) || Yes(2) ? Low
            : complete ? None
            : null;
        return new InstrumentScore(ScorerVersion, null, band, complete ? Validities.Complete : Validities.Incomplete);
    }
}
