namespace Clinic.Instruments;

/// <summary>One measure at the beginning and at the end of an episode.</summary>
/// <param name="Change">One of <see cref="Changes"/>.</param>
public sealed record MeasuredPair(bool CaseAtStart, bool CaseAtEnd, string Change);

/// <summary>
/// What an episode came to, from all of its measures together: reliable recovery is caseness on any at the beginning, on none at
/// the end, a reliable improvement on one, and a reliable deterioration on none.
/// </summary>
public static class Recovery
{
    public const string ReliablyRecovered = "reliably-recovered";
    public const string Recovered = "recovered";
    public const string ReliablyImproved = "reliably-improved";
    public const string NoReliableChange = "no-reliable-change";
    public const string ReliablyDeteriorated = "reliably-deteriorated";
    public const string NotACase = "not-a-case";
    public const string NotMeasured = "not-measured";

    /// <summary>The outcome; the first that fits of those above, worst news before good.</summary>
    public static string Of(IReadOnlyCollection<MeasuredPair> measures)
    {
        if (measures.Count == 0) return NotMeasured;
        var improved = measures.Any(m => m.Change == Changes.Improved);
        var worse = measures.Any(m => m.Change == Changes.Deteriorated);
        if (worse && !improved) return ReliablyDeteriorated;
        if (!measures.Any(m => m.CaseAtStart)) return NotACase;
        if (!measures.Any(m => m.CaseAtEnd)) return improved && !worse ? ReliablyRecovered : Recovered;
        return improved && !worse ? ReliablyImproved : NoReliableChange;
    }
}
