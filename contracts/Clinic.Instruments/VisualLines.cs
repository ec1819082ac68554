namespace Clinic.Instruments;

/// <summary>Four lines of ten centimetres on which a client makes a mark; SRS and ORS share it.</summary>
internal static class VisualLines
{
    internal const int Count = 4;

    /// <summary>10.0.</summary>
    internal const int MaxTenths = 100;

    /// <summary>The total only: what stands on one line is an answer, and answers are not reported beside it.</summary>
    internal static InstrumentScore Score(IReadOnlyList<int?> items, string scorerVersion, Func<int, string> band)
    {
        // with four lines each counts too much to be guessed
        var (total, validity) = ItemSum.Of(items, Count, 0, MaxTenths, mostMissing: 0);
        return new InstrumentScore(scorerVersion, total, total is { } sum ? band(sum) : null, validity) { Unit = Units.Tenths };
    }
}
