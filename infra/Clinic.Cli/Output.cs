using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;

namespace Clinic.Cli;

/// <summary>Tables for people, JSON for machines, one as complete as the other.</summary>
internal static class Output
{
    // piped output has no width of its own, and 80 columns would cut ids in two
    private const int PipedWidth = 1000;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping
    };

    public static void Json(object value) => Console.WriteLine(JsonSerializer.Serialize(value, Options));

    public static void Table(string[] columns, IEnumerable<string?[]> rows)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in columns) table.AddColumn(column);
        foreach (var row in rows) table.AddRow(row.Select(cell => new Text(Printable(cell ?? ""))).ToArray());
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = PipedWidth;
        AnsiConsole.Write(table);
    }

    /// <summary>What others wrote must not steer a terminal.</summary>
    public static string Printable(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));
}
