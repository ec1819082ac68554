using Clinic.EventLog;

namespace Clinic.Bench;

/// <summary>New streams with one event each: the write path and nothing else.</summary>
internal static class Appending
{
    public static async Task Run(Setup setup, Report report)
    {
        foreach (var callers in report.Options.Writers ?? [1, 8, 32, 128])
        {
            var time = report.Options.Round;
            var medians = await report.Interleaved($"append, {callers} writers",
                ("coalesced floor", () => Work.PerSecond(callers, time, (c, n) => setup.Floor.Coalesced(new FloorAppend(NewStream(), 0, Sample.Event(n))))),
                ("ours", async () =>
                {
                    var rate = await Work.PerSecond(callers, time, (c, n) => Append(setup.Store, NewStream(), 0, Sample.Event(n)));
                    await setup.Drained();
                    return rate;
                }
            ),
                ("single-statement floor", () => Work.PerSecond(callers, time, (c, n) => setup.Floor.Single(new FloorAppend(NewStream(), 0, Sample.Event(n))))));
            report.Add($"append, {callers} writers, to coalesced inserts", "events/s", medians[1], medians[0]);
            report.Add($"append, {callers} writers, to single statements", "events/s", medians[1], medians[2]);
        }
    }

    public static async Task Append(IEventStore store, string stream, long expected, params object[] events)
    {
        var result = await store.Append(Sample.Request(stream, expected, events));
        if (result.Outcome != AppendOutcome.Committed) throw new InvalidOperationException($"{result.Outcome} where nobody competes");
    }

    /// <summary>Random, as stream ids are: the index is written everywhere, not at its end.</summary>
    private static string NewStream() => "note-" + Guid.NewGuid().ToString("N");
}
