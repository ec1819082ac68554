using Clinic.Audit.Domain;
using Xunit;

namespace Clinic.Tests.Domain.Audit;

/// <summary>Public events as they were recorded, against the hashes that are sealed in their owner's log.</summary>
public sealed class ComparingWithALog
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void what_is_in_the_log_agrees_whatever_else_is_in_it()
    {
        var comparison = new LogComparison(0, -1);
        comparison.Compare(Log("private", "a", "b", "private too"), [At(1, "a"), At(2, "b"), At(3, "c")]);
        Assert.Empty(comparison.Found);
        Assert.Equal((2, 20), (comparison.Sequence, comparison.Position));
        // the third is in what comes next
        comparison.Compare(Log("c"), [At(3, "c")]);
        Assert.Equal(3, comparison.Sequence);
    }

    [Fact]
    public void an_event_whose_hash_is_in_no_place_of_the_log_is_named_as_soon_as_a_later_one_is_found()
    {
        var comparison = new LogComparison(0, -1);
        comparison.Compare(Log("a", "b", "c", "d"), [At(1, "a"), At(2, "B"), At(3, null), At(4, "d")]);
        Assert.Equal([new Disagreement("north", "hash-differs", 2, 3, "e2")], comparison.Found);
        Assert.Equal(4, comparison.Sequence);
    }

    [Fact]
    public void the_last_event_is_named_when_the_log_was_signed_long_after_it_happened()
    {
        var comparison = new LogComparison(0, -1);
        comparison.Compare(Log("a"), [At(1, "a"), At(2, "B")]);
        comparison.Overdue([At(2, "B")], Noon);
        Assert.Empty(comparison.Found);
        comparison.Overdue([At(2, "B")], Noon.AddTicks(1));
        Assert.Equal([new Disagreement("north", "hash-differs", 2, 2, "e2")], comparison.Found);
    }

    [Fact]
    public void a_sequence_that_is_missing_or_comes_twice_is_named()
    {
        var comparison = new LogComparison(3, 30);
        comparison.Compare(Log("d", "f"), [At(6, "f"), At(4, "d") with { Position = 70 }, At(7, "f") with { Position = 80 }]);
        Assert.Equal([new Disagreement("north", "not-recorded", 4, 5, null), new Disagreement("north", "recorded-twice", 4, 4, "e4")], comparison.Found);
        Assert.Equal((7, 80), (comparison.Sequence, comparison.Position));
    }

    [Fact]
    public void stretches_of_two_clinics_are_two_findings()
    {
        var comparison = new LogComparison(0, -1);
        comparison.Compare(Log("c"), [At(1, "A"), At(2, "B") with { Tenant = "south" }, At(3, "c")]);
        Assert.Equal([("north", 1L), ("south", 2L)], comparison.Found.Select(f => (f.Tenant, f.Sequence)));
    }

    private static HashSet<string> Log(params string[] hashes) => [.. hashes];

    private static Recorded At(long sequence, string? hash) => new(sequence * 10, "north", sequence, "e" + sequence, hash, Noon);
}
