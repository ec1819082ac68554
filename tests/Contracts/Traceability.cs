using System.Text.RegularExpressions;

namespace Clinic.Tests.Contracts;

/// <summary>docs/traceability.md promises a test for every statement; a promise that nothing keeps is found here.</summary>
public sealed partial class Traceability
{
    private static readonly string[] Rows = [.. File.ReadLines(Repository.Path("docs", "traceability.md")).Where(line => line.StartsWith("| S", StringComparison.Ordinal) && Numbers().IsMatch(line))];

    [Fact]
    public void every_test_it_names_exists()
    {
        var tests = Directory.EnumerateFiles(Repository.Path("tests"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .SelectMany(file => Methods(File.ReadAllText(file))).ToHashSet();
        var named = Rows.SelectMany(row => Tests().Matches(row.Split('|')[^2]).Select(match => (Row: row, Test: match.Value))).ToArray();
        named.ShouldNotBeEmpty();
        named.Where(name => !tests.Contains(name.Test)).Select(name => $"{name.Test} in {name.Row}").ShouldBeEmpty();
    }

    [Fact]
    public void every_row_names_a_test() => Rows.Where(row => !Tests().IsMatch(row.Split('|')[^2])).ShouldBeEmpty();

    [Fact]
    public void no_statement_is_left_out() => Enumerable.Range(1, 63)
        .Except(Rows.SelectMany(row => Numbers().Matches(row.Split('|')[1]).Select(match => int.Parse(match.Groups[1].Value)))).ShouldBeEmpty();

    private static IEnumerable<string> Methods(string code)
    {
        var type = "";
        foreach (Match match in Declarations().Matches(code))
            if (match.Groups["type"].Success) type = match.Groups["type"].Value;
            else yield return $"{type}.{match.Groups["method"].Value}";
    }

    [GeneratedRegex(@"S(\d+)")]
    private static partial Regex Numbers();

    [GeneratedRegex(@"\b[A-Z]\w+\.\w+\b")]
    private static partial Regex Tests();

    [GeneratedRegex(@"\bclass (?<type>\w+)|public (?:static )?(?:async )?(?:Task|void) (?<method>\w+)\(")]
    private static partial Regex Declarations();
}
