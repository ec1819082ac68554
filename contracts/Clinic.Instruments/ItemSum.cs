namespace Clinic.Instruments;

/// <summary>The total of a questionnaire whose items are answered 0 to 3; PHQ-9 and GAD-7 share it.</summary>
internal static class ItemSum
{
    internal const int MaxAnswer = 3;
    private const int MostMissing = 2;

    internal static (int? Total, string Validity) Of(IReadOnlyList<int?> items, int count)
    {
        if (items.Count != count || items.Any(item => item is < 0 or > MaxAnswer))
            throw new ArgumentException($"expected {count} answers of 0 to {MaxAnswer}, or null", nameof(items));

        var answered = items.Count(item => item is not null);
        if (answered < count - MostMissing) return (null, Validities.Invalid);

        // round half up in whole numbers: no floating point ever decides a band
        var sum = items.Sum(item => item ?? 0);
        var total = (2 * sum * count + answered) / (2 * answered);
        return (total, answered == count ? Validities.Complete : Validities.Prorated);
    }
}
