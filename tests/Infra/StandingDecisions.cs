using Clinic.Contracts;
using Clinic.EventLog;
using Clinic.Hosting;

namespace Clinic.Tests.Infra;

/// <summary>A decision holds on the version its stream was first read at, whatever is read or written besides.</summary>
public sealed class StandingDecisions(Stack stack)
{
    [Theory]
    // read again among the facts; and not written by the decision
    [InlineData("decided", "decided"), InlineData("read", "other")]
    public async Task a_stream_that_moved_meanwhile_is_decided_on_again(string readAgain, string written)
    {
        await using var probe = await Probe.On(stack);
        await probe.Store.Append(Probe.Request([Probe.Write("decided", 0, new Counted(1))]));
        var scope = new CommandScope(probe.Store, TimeProvider.System, new Actor("tester", "tester", Probe.North), null, null, new Dictionary<string, string>());
        var versions = new List<long>();
        await scope.Execute<string, Counter, Counter?>("count", null, "decided", async (facts, ct) =>
        {
            // somebody else, once, after the stream was read
            if (versions.Count == 0) await probe.Store.Append(Probe.Request([Probe.Write("decided", 1, new Counted(1))]), ct);
            return await facts.Load<Counter>(readAgain, ct);
        }, (_, state, _, _) =>
        {
            versions.Add(state!.Version);
            return [written == "decided" ? new Counted(1) : new ForStream(written, typeof(Counter), new Counted(1))];
        }, CancellationToken.None);
        versions.ShouldBe([1, 2]);
    }
}
