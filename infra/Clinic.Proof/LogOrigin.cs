using System.Globalization;
using System.Text.RegularExpressions;

namespace Clinic.Proof;

/// <summary>The name of a log. After a deliberate restore its history is another one, and so is its name: <c>…/e2</c>.</summary>
/// <param name="Log">Without the epoch.</param>
/// <param name="Epoch">1 for the first.</param>
public readonly partial record struct LogOrigin(string Log, int Epoch)
{
    /// <summary>Splits an origin; one without a mark is of the first epoch.</summary>
    public static LogOrigin Parse(string origin) => Mark().Match(origin) is { Success: true } mark
        ? new LogOrigin(origin[..mark.Index], int.Parse(mark.Groups[1].Value, CultureInfo.InvariantCulture))
        : new LogOrigin(origin, 1);

    /// <summary>The same log after one more restore.</summary>
    public LogOrigin Next() => this with { Epoch = Epoch + 1 };

    public override string ToString() => Epoch == 1 ? Log : string.Create(CultureInfo.InvariantCulture, $"{Log}/e{Epoch}");

    [GeneratedRegex(@"/e([2-9]|[1-9][0-9]{1,5})\z")]
    private static partial Regex Mark();
}
