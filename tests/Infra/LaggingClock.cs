using Clinic.Contracts;
using Clinic.EventLog;
using Clinic.Hosting;

namespace Clinic.Tests.Infra;

/// <summary>Two instances, and one's clock is behind: what the other has recorded is not in the future for it.</summary>
public sealed class LaggingClock(Stack stack)
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("decided", false), InlineData("read", false), InlineData("read", true)]
    public async Task a_decision_is_never_earlier_than_what_it_rests_on(string written, bool guarded)
    {
        await using var probe = await Probe.On(stack);
        await Decide(probe, written, Noon.AddMinutes(5), (_, _) => Task.FromResult<Counter?>(null));
        (await Decide(probe, "decided", Noon, (facts, ct) => guarded ? facts.Guard<Counter>("read", ct) : facts.Load<Counter>("read", ct))).ShouldBe(Noon.AddMinutes(5));
        (await Decide(probe, "decided", Noon.AddHours(1), (_, _) => Task.FromResult<Counter?>(null))).ShouldBe(Noon.AddHours(1));
    }

    private static async Task<DateTimeOffset> Decide(
        Probe probe, string stream, DateTimeOffset clock, Func<FactLoader, CancellationToken, Task<Counter?>> load)
    {
        var at = DateTimeOffset.MinValue;
        var scope = new CommandScope(probe.Store, new Clock(clock), new Actor("tester", "tester", Probe.North), null, null, new Dictionary<string, string>());
        await scope.Execute<string, Counter, Counter?>("count", null, stream, load, (_, _, _, now) =>
        {
            at = now;
            return [new Counted(1)];
        }, CancellationToken.None);
        return at;
    }

    private sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
