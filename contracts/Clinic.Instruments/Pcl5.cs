namespace Clinic.Instruments;

/// <summary>
/// PTSD Checklist for DSM-5, twenty items of 0 to 4 about the past month; total 0 to 80. Caseness is a total of 32 or more.
/// The four clusters of the manual are reported as subscales.
/// </summary>
public static class Pcl5
{
    public const string Code = "pcl-5";
    public const int ItemCount = 20;
    public const int MaxAnswer = 4;

    /// <summary>Changes whenever the same answers could score otherwise.</summary>
    public const string ScorerVersion = "pcl-5/1";

    public const string BelowCutOff = "below-cut-off";
    public const string ProbablePtsd = "probable-ptsd";

    /// <summary>Of 20 answers, a fifth may be missing.</summary>
    public const int MostMissing = 4;

    public const int CutOff = 32;

    private static readonly (string Code, int From, int To)[] Clusters =
        [("intrusion", 1, 5), ("avoidance", 6, 7), ("cognition-mood", 8, 14), ("arousal", 15, 20)];

    /// <summary>Scores twenty answers in the questionnaire's order; null is a missing answer.</summary>
    /// <exception cref="ArgumentException">Not twenty answers, or one outside 0 to 4.</exception>
    public static InstrumentScore Score(IReadOnlyList<int?> items)
    {
        var (total, validity) = ItemSum.Of(items, ItemCount, 0, MaxAnswer, MostMissing);
        return new InstrumentScore(ScorerVersion, total, total is null ? null : total >= CutOff ? ProbablePtsd : BelowCutOff, validity)
        {
            // a cluster is what was answered of it, and nothing when part of it is missing
            Subscales = [.. Clusters.Select(c => new Subscale(c.Code,
                Enumerable.Range(c.From - 1, c.To - c.From + 1).Aggregate((int?)0, (sum, item) => sum + items[item])))]
        };
    }
}
