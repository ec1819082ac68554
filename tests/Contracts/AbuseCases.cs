using System.Text.RegularExpressions;

namespace Clinic.Tests.Contracts;

/// <summary>Every way of abuse that was thought of is tried by a test, or docs/abuse.md says why not yet.</summary>
public sealed partial class AbuseCases
{
    /// <summary>HTTP to 42, the bus to 60, the database and the vault to 74; 75 to 79 are for a console that there is not; exports and verifiers to 90.</summary>
    private static readonly int[] Cases = [.. Enumerable.Range(1, 74), .. Enumerable.Range(80, 11)];

    [Fact]
    public void are_tried_or_explained()
    {
        var tried = Repository.Files("tests", "*.cs").SelectMany(file => Trait().Matches(File.ReadAllText(Repository.Path(file))))
            .Select(match => int.Parse(match.Groups[1].Value)).ToHashSet();
        var rows = Row().Matches(File.ReadAllText(Repository.Path("docs", "abuse.md"))).ToDictionary(m => int.Parse(m.Groups[1].Value), m => m.Groups[2].Value.Trim());
        foreach (var number in Cases)
        {
            rows.ContainsKey(number).ShouldBeTrue($"docs/abuse.md has no row {number}");
            tried.Contains(number).ShouldBe(!rows[number].StartsWith("not yet", StringComparison.Ordinal), $"abuse case {number}: {rows[number]}");
        }
    }

    [GeneratedRegex("""Trait\("Abuse", "(\d+)"\)""")]
    private static partial Regex Trait();

    [GeneratedRegex(@"^\| (\d+) \|[^|]*\| ([^|]*)\|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
