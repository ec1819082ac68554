using System.Globalization;
using System.Text.Json;

namespace Clinic.Bench;

/// <summary>One line of the table.</summary>
/// <param name="Ratio">Always ours divided by floor; the unit tells which way is better.</param>
internal sealed record Row(string Name, string Unit, double Ours, double Floor, double Ratio);

/// <summary>Runs shapes in turn, so that a noisy minute hits all of them, and keeps medians.</summary>
internal sealed class Report(Options options)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    private readonly List<Row> rows = [];

    public Options Options => options;

    /// <summary>Every shape once per round; returns each shape's median, in the order given.</summary>
    public async Task<double[]> Interleaved(string what, params (string Shape, Func<Task<double>> Run)[] shapes)
    {
        var seen = shapes.Select(_ => new List<double>()).ToArray();
        // one round unseen: plans, pools and the just-in-time compiler
        for (var round = 0; round <= options.Rounds; round++)
            for (var i = 0; i < shapes.Length; i++)
            {
                var value = await shapes[i].Run();
                if (round > 0) seen[i].Add(value);
                Progress(Invariant($"{what}: {(round == 0 ? "warming up" : $"round {round}/{options.Rounds}")}, {shapes[i].Shape} {value:0.##}"));
            }
        return [.. seen.Select(Median)];
    }

    public void Add(string name, string unit, double ours, double floor)
    {
        var row = new Row(name, unit, Math.Round(ours, 3), Math.Round(floor, 3), floor == 0 ? 0 : Math.Round(ours / floor, 3));
        rows.Add(row);
        Console.WriteLine(Invariant($"{row.Name,-64} {row.Unit,-9} ours {row.Ours,11:0.##}  floor {row.Floor,11:0.##}  ratio {row.Ratio:0.00}"));
    }

    public void Write()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(options.Out))!);
        File.WriteAllText(options.Out, JsonSerializer.Serialize(rows, Json) + "\n");
        Progress("written to " + options.Out);
    }

    public static void Progress(string text) => Console.Error.WriteLine(Invariant($"[{DateTime.UtcNow:HH:mm:ss}] {text}"));

    public static double Median(IEnumerable<double> values) => Percentile(values, 0.5);

    public static double Percentile(IEnumerable<double> values, double p)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? 0 : sorted[(int)Math.Min(sorted.Length - 1, Math.Round(p * (sorted.Length - 1)))];
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
