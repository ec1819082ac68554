namespace Clinic.Instruments;

/// <summary>
/// Working Alliance Inventory, short revised, client's form: twelve items of 1 to 5; total 12 to 60, three subscales of 4 to 20.
/// It has no official bands: the trend counts.
/// </summary>
public static class WaiSr
{
    public const string Code = "wai-sr";
    public const int ItemCount = 12;
    public const int MinAnswer = 1;
    public const int MaxAnswer = 5;

    /// <summary>Changes whenever the same answers could score otherwise.</summary>
    public const string ScorerVersion = "wai-sr/1";

    /// <summary>Of a subscale's four answers one may be missing.</summary>
    public const int MostMissingOfSubscale = 1;

    private static readonly (string Code, int[] Items)[] Parts =
        [("task", [1, 2, 10, 12]), ("bond", [3, 5, 7, 9]), ("goal", [4, 6, 8, 11])];

    /// <summary>Scores twelve answers in the questionnaire's order; null is a missing answer. The total is the subscales' sum.</summary>
    /// <exception cref="ArgumentException">Not twelve answers, or one outside 1 to 5.</exception>
    public static InstrumentScore Score(IReadOnlyList<int?> items)
    {
        if (items.Count != ItemCount) throw new ArgumentException($"expected {ItemCount} answers", nameof(items));
        var parts = Parts.Select(part => (part.Code, Sum: ItemSum.Of(
            [.. part.Items.Select(item => items[item - 1])], part.Items.Length, MinAnswer, MaxAnswer, MostMissingOfSubscale))).ToArray();
        int? total = parts.Any(part => part.Sum.Total is null) ? null : parts.Sum(part => part.Sum.Total);
        var validity = total is null ? Validities.Invalid
            : parts.All(part => part.Sum.Validity == Validities.Complete) ? Validities.Complete : Validities.Prorated;
        return new InstrumentScore(ScorerVersion, total, null, validity)
        {
            Subscales = [.. parts.Select(part => new Subscale(part.Code, part.Sum.Total))]
        };
    }
}
