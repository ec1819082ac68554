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
            Func<Task<double>> Engine(IEventStore store) => async () =>
            {
                var rate = await Work.PerSecond(callers, time, (c, n) => Append(store, NewStream(), 0, Sample.Event(n)));
                await setup.Drained();
                return rate;
            };
            (string, Func<Task<double>>)[] marten = setup.Marten is { } other ? [("marten", Engine(other))] : [];
            var medians = await report.Interleaved($"append, {callers} writers", [
                ("coalesced floor", () => Work.PerSecond(callers, time, (c, n) => setup.Floor.Coalesced(new FloorAppend(NewStream(), 0, Sample.Event(n))))),
                ("ours", Engine(setup.Store)),
                ("single-statement floor", () => Work.PerSecond(callers, time, (c, n) => setup.Floor.Single(new FloorAppend(NewStream(), 0, Sample.Event(n))))), .. marten]);
            report.Add($"append, {callers} writers, to coalesced inserts", "events/s", medians[1], medians[0]);
            report.Add($"append, {callers} writers, to single statements", "events/s", medians[1], medians[2]);
            if (medians is [_, _, _, var martens]) report.Add($"append, {callers} writers, to the marten engine", "events/s", medians[1], martens);
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
