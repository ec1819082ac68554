using System.Globalization;

namespace Clinic.Instruments;

/// <summary>When two totals differ by more than the instrument's own noise.</summary>
/// <param name="Id">Which rule, as it is kept with every assessment.</param>
/// <param name="IsReliable">Given the difference, in the instrument's unit.</param>
public sealed record ChangeRule(string Id, Func<int, bool> IsReliable)
{
    // 1.96 squared: two-sided, 5 %
    private const decimal CriticalSquared = 1.96m * 1.96m;

    /// <summary>A published threshold: a difference of so much or more.</summary>
    public static ChangeRule Fixed(string instrument, int least) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{instrument}/fixed-{least}"), delta => Math.Abs(delta) >= least);

    /// <summary>
    /// Jacobson and Truax (1991): (x2 - x1) / (SD · √2 · √(1 - r)) beyond ±1.96. Compared as squares in decimals, so that a replay
    /// on any machine decides alike.
    /// </summary>
    /// <param name="instrument">Code of the instrument.</param>
    /// <param name="deviation">Standard deviation before treatment, in the instrument's unit; above zero.</param>
    /// <param name="reliability">Of the instrument, from 0 up to but not 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of the figures cannot be one.</exception>
    public static ChangeRule JacobsonTruax(string instrument, decimal deviation, decimal reliability)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(deviation);
        ArgumentOutOfRangeException.ThrowIfNegative(reliability);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(reliability, 1m);
        var noiseSquared = CriticalSquared * 2m * deviation * deviation * (1m - reliability);
        return new(string.Create(CultureInfo.InvariantCulture, $"{instrument}/jacobson-truax-sd{deviation}-r{reliability}"),
            delta => (decimal)delta * delta > noiseSquared);
    }
}

/// <summary>What a comparison of two totals says.</summary>
public static class Changes
{
    public const string Improved = "improved";
    public const string None = "none";
    public const string Deteriorated = "deteriorated";

    /// <summary>The class of a difference.</summary>
    /// <param name="delta">Later less earlier.</param>
    /// <param name="higherIsWorse">As for symptoms; not as for wellbeing.</param>
    public static string Of(ChangeRule rule, int delta, bool higherIsWorse) =>
        !rule.IsReliable(delta) ? None : delta > 0 == higherIsWorse ? Deteriorated : Improved;
}
