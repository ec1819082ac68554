using System.Globalization;

namespace Clinic.Proof;

/// <summary>
/// Why a log has a new epoch: extension lines of its first checkpoint. Who compares sees what was lost, that two people wanted
/// it, and why.
/// </summary>
/// <param name="Previous">The last checkpoint of the epoch before, with all that is lost now.</param>
/// <param name="ApprovedBy">Two different people, by pseudonym.</param>
/// <param name="Reason">One line, without personal data.</param>
public sealed record Reopening(Checkpoint Previous, IReadOnlyList<string> ApprovedBy, string Reason)
{
    private const string From = "restored-from ";
    private const string By = "approved-by ";
    private const string Why = "reason ";

    /// <summary>As extension lines.</summary>
    /// <exception cref="FormatException">A name or the reason does not fit a line.</exception>
    public IReadOnlyList<string> Lines()
    {
        if (ApprovedBy.Distinct(StringComparer.OrdinalIgnoreCase).Count() < 2) throw new FormatException("a restore is approved by two different people");
        if (ApprovedBy.Append(Reason).Any(text => string.IsNullOrWhiteSpace(text) || text.Any(char.IsControl)))
            throw new FormatException("names and reason are each one line of text");
        return
        [
            From + string.Create(CultureInfo.InvariantCulture, $"{Previous.Origin} {Previous.Size} ") + Convert.ToBase64String(Previous.Root),
            .. ApprovedBy.Select(name => By + name), Why + Reason
        ];
    }

    /// <summary>Reads them back; null when the checkpoint opens no epoch.</summary>
    /// <exception cref="FormatException">It says that it does, and not by whom, from where or why.</exception>
    public static Reopening? Of(Checkpoint checkpoint)
    {
        if (checkpoint.Extensions.FirstOrDefault(line => line.StartsWith(From, StringComparison.Ordinal)) is not { } line) return null;
        if (line[From.Length..].Split(' ') is not [var origin, var size, var root]) throw new FormatException("a reopened log names origin, size and root of what was lost");
        var found = new Reopening(new Checkpoint(origin, Checkpoint.Number(size, "the size of what was lost"), StrictBase64.Hash(root, "the root of what was lost")),
            [.. checkpoint.Extensions.Where(l => l.StartsWith(By, StringComparison.Ordinal)).Select(l => l[By.Length..])],
            checkpoint.Extensions.FirstOrDefault(l => l.StartsWith(Why, StringComparison.Ordinal))?[Why.Length..] ?? "");
        found.Lines();
        return found;
    }
}
