namespace Clinic.Instruments;

/// <summary>The total of a questionnaire whose items count alike.</summary>
internal static class ItemSum
{
    /// <summary>Of PHQ-9 and GAD-7.</summary>
    internal const int MaxAnswer = 3;

    private const int MostMissing = 2;

    /// <summary>Items answered 0 to 3, at most two of them missing: PHQ-9 and GAD-7 share it.</summary>
    internal static (int? Total, string Validity) Of(IReadOnlyList<int?> items, int count) => Of(items, count, 0, MaxAnswer, MostMissing);

    internal static (int? Total, string Validity) Of(IReadOnlyList<int?> items, int count, int min, int max, int mostMissing)
    {
        if (items.Count != count || items.Any(item => item < min || item > max))
            throw new ArgumentException($"expected {count} answers of {min} to {max}, or null", nameof(items));

        var answered = items.Count(item => item is not null);
        if (answered == 0 || answered < count - mostMissing) return (null, Validities.Invalid);

        // round half up in whole numbers: no floating point ever decides a band
        var sum = items.Sum(item => item ?? 0);
        var total = (2 * sum * count + answered) / (2 * answered);
        return (total, answered == count ? Validities.Complete : Validities.Prorated);
    }
}
