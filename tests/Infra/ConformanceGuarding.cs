using Clinic.EventLog;

namespace Clinic.Tests.Infra;

/// <summary>A decision read one stream and writes another: what it read must still hold when it is stored.</summary>
public abstract partial class EventStoreConformance
{
    [Fact]
    public async Task two_decisions_that_each_rest_on_what_the_other_changes_are_never_both_stored()
    {
        await using var probe = await Open();
        for (var round = 0; round < 40; round++)
        {
            var (a, b) = ($"a{round}", $"b{round}");
            await probe.Append(a, 0, new Counted(1));
            await probe.Append(b, 0, new Counted(1));
            Task<AppendResult> Decide(string write, string read) =>
                Task.Run(() => probe.Store.Append(Probe.Request([Probe.Write(write, 1, new Counted(1))], [new StreamGuard(read, 1)])));
            var results = await Task.WhenAll(Decide(a, b), Decide(b, a), Decide(a, b), Decide(b, a));
            results.Count(r => r.Outcome == AppendOutcome.Committed).ShouldBe(1);
        }
    }

    [Fact]
    public async Task a_guarded_append_is_stored_before_the_guard_moves_or_not_at_all()
    {
        await using var probe = await Open();
        await probe.Append("guard", 0, new Counted(1));
        var outcomes = new HashSet<AppendOutcome>();
        for (var round = 1; round <= 60; round++)
        {
            var stream = $"s{round}";
            var version = round;
            Func<Task<AppendResult>> guard = () => probe.Store.Append(Probe.Request([Probe.Write(stream, 0, new Counted(1))], [new StreamGuard("guard", version)]));
            Func<Task<AppendResult>> mover = () => probe.Append("guard", version, new Counted(1));
            // who is asked first goes first, when nobody is ahead
            var (first, second) = (Task.Run(round % 2 == 0 ? guard : mover), Task.Run(round % 2 == 0 ? mover : guard));
            var (guarded, move) = round % 2 == 0 ? (first, second) : (second, first);
            (await move).Outcome.ShouldBe(AppendOutcome.Committed);
            outcomes.Add((await guarded).Outcome);
            var order = await probe.Test.Column<string>($"""
                select stream_id from mt_events where stream_id = '{stream}' or (stream_id = 'guard' and version = {round + 1}) order by seq_id
                """);
            if ((await guarded).Outcome == AppendOutcome.Committed) order.ShouldBe([stream, "guard"]);
            else order.ShouldBe(["guard"]);
        }
        outcomes.ShouldContain(AppendOutcome.Committed);
    }
}
