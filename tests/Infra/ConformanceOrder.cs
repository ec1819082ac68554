using System.Collections.Concurrent;
using Clinic.Contracts.Messaging;
using Clinic.EventLog;

namespace Clinic.Tests.Infra;

/// <summary>What readers of the log are promised about appends that run at the same time, fail or are cancelled.</summary>
public abstract partial class EventStoreConformance
{
    [Fact]
    public async Task the_log_holds_every_committed_event_once_and_each_stream_in_version_order()
    {
        await using var probe = await (await Open()).WithSequencer();
        var committed = new ConcurrentBag<Guid>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(seed => Task.Run(async () =>
        {
            var random = new Random(seed);
            for (var n = 0; n < 40; n++)
            {
                var streams = Enumerable.Range(0, 6).OrderBy(_ => random.Next()).Take(random.Next(1, 3)).Select(s => $"s{s}");
                var writes = new List<StreamWrite>();
                foreach (var stream in streams)
                    writes.Add(Probe.Write(stream, (await probe.Store.Load<Counter>(Probe.North, stream)).Version, new Counted(n), new Halved()));
                if (writes.Any(w => w.ExpectedVersion == 0)) writes = writes.ConvertAll(w => w with { Events = [w.Events[0]] });
                if ((await probe.Store.Append(Probe.Request([.. writes]))).Outcome != AppendOutcome.Committed) continue;
                foreach (var written in writes.SelectMany(w => w.Events)) committed.Add(written.Id);
            }
        })));
        await probe.LogHas(committed.Count);
        var read = await probe.ReadLog();
        read.Select(e => e.Event.Id).ShouldBe(committed, ignoreOrder: true);
        read.Select(e => e.Position).ShouldBe(Enumerable.Range(0, committed.Count).Select(n => (long)n));
        foreach (var stream in read.GroupBy(e => e.Event.StreamKey))
            stream.Select(e => e.Event.Version).ShouldBe(Enumerable.Range(1, stream.Count()).Select(n => (long)n));
        read.Zip(read.Skip(1)).ShouldAllBe(pair => pair.First.LoggedAt <= pair.Second.LoggedAt);
    }

    [Fact]
    public async Task a_cancelled_append_is_stored_whole_or_not_at_all_and_its_repeat_tells()
    {
        await using var probe = await (await Open()).WithSequencer();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 120).Select(n => Task.Run(async () =>
        {
            var inbox = new InboxEntry("x", "north.ehr", $"m-{n}", [1], new CommandAccepted($"m-{n}", $"a{n}", 1));
            var request = Probe.Request([Probe.Write($"a{n}", 0, new Counted(1), new Counted(2)), Probe.Write($"b{n}", 0, new Counted(1))], inbox: inbox);
            using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(n % 30));
            try
            {
                await probe.Store.Append(request, patience.Token);
            }
            catch (OperationCanceledException)
            {
            }
            return (await probe.Store.Append(request)).Outcome;
        })));
        outcomes.ShouldAllBe(outcome => outcome != AppendOutcome.Conflict);
        await probe.LogHas(120 * 3);
        (await probe.ReadLog()).GroupBy(e => e.Event.StreamKey[1..]).ShouldAllBe(append => append.Count() == 3);
    }

    [Fact]
    public async Task what_is_read_from_the_log_is_what_was_appended()
    {
        await using var probe = await (await Open()).WithSequencer();
        var request = Probe.Request([Probe.Write("a", 0, new Counted(7, "é😂"))]);
        await probe.Store.Append(request);
        await probe.LogHas(1);
        var logged = (await probe.ReadLog()).Single();
        var (written, metadata, found) = (request.Writes[0].Events[0], request.Metadata, logged.Event);
        (found.Id, found.StreamKey, found.Version, found.EventTypeName, found.Data).ShouldBe((written.Id, "a", 1, "counted", written.Data));
        (found.TenantId, found.UserName, found.CorrelationId, found.CausationId).ShouldBe(("north", metadata.User, metadata.Correlation, metadata.Causation));
        found.Timestamp.ShouldBe(EventSeal.Truncate(metadata.At));
        found.Headers.ShouldBe(metadata.Headers);
        logged.LoggedAt.ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
    }
}
