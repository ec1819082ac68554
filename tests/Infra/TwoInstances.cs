using Clinic.Contracts;
using Clinic.EventLog;
using Clinic.Messaging;

namespace Clinic.Tests.Infra;

/// <summary>Two instances of one service on one database: one works, the other stands by, and takes over in the middle of an event.</summary>
public sealed class TwoInstances(OwnVirtualHost host) : IClassFixture<OwnVirtualHost>
{
    private const string Producer = "consent";
    private const string Consumer = "session";
    private const int All = 300;
    private const int Fatal = 120;

    private static readonly Publication Public = stored => stored.Data is Counted counted
        ? new RecordViewed(counted.Note ?? $"c{counted.Amount}", "viewer", "therapist", "view", "TREAT")
        : null;

    [Fact]
    public async Task one_is_killed_while_it_handles_an_event_and_the_other_goes_on_in_order_with_nothing_lost_or_twice()
    {
        await using var producer = await BusNode.Start(await Probe.On(host.Stack), host.Bus, Producer, Public);
        await using var said = await Mailbox.Open(host.Bus, "admin", "watch.two", $"*.{Consumer}.record-viewed");
        await using var probe = await Probe.On(host.Stack);
        var halfway = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        // who comes first reads the queue, gives positions and publishes
        using var toDatabase = Cable.To(probe.Test.Settings.Port);
        using var toBroker = Cable.To(host.Bus.Settings(Consumer).Port);
        var doomed = await BusNode.Start(probe.SecondInstance(toDatabase.Port), host.Bus, Consumer, Public, [Effects(async n =>
        {
            if (n != Fatal) return;
            halfway.TrySetResult();
            await end.Task;
        })], through: host.Bus.Settings(Consumer) with { Port = toBroker.Port });
        await Write(producer, 0, 1);
        await Eventually.True(async () => (await Handled(probe)).Length == 1 && said.Events.Any(), "the first to work");
        await using var standby = await BusNode.Start(probe.SecondInstance(), host.Bus, Consumer, Public, [Effects(_ => Task.CompletedTask)]);

        var writing = Write(producer, 1, All);
        await halfway.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        // its effect is written, its transaction open, its message not acknowledged
        toDatabase.Cut();
        toBroker.Cut();
        await writing;

        await Eventually.True(async () => (await Handled(probe)).Length >= All, "the other to finish", 60);
        await Eventually.True(() => said.Events.Select(m => m.Sequence).Distinct().Count() >= All, "everything to be published", 60);
        var expected = Enumerable.Range(1, All).ToArray();
        (await Handled(probe)).ShouldBe(expected.Select(n => $"e{n}"));
        // the bus may repeat what was not confirmed, but never skips and never gives a number to two events
        said.Events.Select(m => m.Sequence).Distinct().ShouldBe(expected.Select(n => (long)n));
        said.Events.GroupBy(m => m.Sequence).ShouldAllBe(same => same.Select(m => m["id"]).Distinct().Count() == 1);
        said.Events.GroupBy(m => m.Sequence).Select(same => same.First().Json["clientId"]!.GetValue<string>()).ShouldBe(expected.Select(n => $"e{n}"));
        (await probe.Test.Column<string>("select concat_ws(' ', last, heard, gap_since) from clinic.consumer")).ShouldBe([$"{All} {All}"]);
        (await probe.Test.Value<long>("select count(*) from clinic.parked")).ShouldBe(0);

        // nothing can be reached from there, so it cannot even say goodbye: it is left to itself
        end.SetException(new IOException("this process is dead"));
        await Task.WhenAny(doomed.DisposeAsync().AsTask(), Task.Delay(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken));
    }

    private static Reactions Effects(Func<int, Task> afterEffect) => new Reactions(Producer).On<RecordViewed>(async (viewed, reaction, ct) =>
    {
        var version = (await reaction.Store.Load<Counter>(Probe.North, "effects", default, ct)).Version;
        await reaction.Store.Append(Probe.Request([Probe.Write("effects", version, new Counted(1, "e" + viewed.ClientId[1..]))]), ct);
        await afterEffect(int.Parse(viewed.ClientId[1..]));
    });

    private static async Task Write(BusNode producer, int from, int upTo)
    {
        for (var n = from; n < upTo; n++) await producer.Probe.Append("a", n, new Counted(n + 1));
    }

    private static async Task<string[]> Handled(Probe probe) => (await probe.Store.Load<Counter>(Probe.North, "effects")).State?.Notes ?? [];
}
