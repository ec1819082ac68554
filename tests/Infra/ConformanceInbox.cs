using Clinic.Contracts.Messaging;
using Clinic.EventLog;

namespace Clinic.Tests.Infra;

/// <summary>A command that comes again.</summary>
public abstract partial class EventStoreConformance
{
    [Fact]
    public async Task a_repeated_message_gets_the_first_answer_and_changes_nothing()
    {
        await using var probe = await Open();
        var answer = new CommandAccepted("m-1", "a", 1, Guid.NewGuid());
        Task<AppendResult> Send(string stream, byte body, object reply) => probe.Store.Append(
            Probe.Request([Probe.Write(stream, 0, new Counted(1))], inbox: new InboxEntry("probe.count.v1", "north.ehr", "m-1", new byte[] { body }, reply)));
        (await Send("a", 1, answer)).Outcome.ShouldBe(AppendOutcome.Committed);
        (await Send("b", 1, answer with { Stream = "b" })).ShouldBe(new AppendResult(AppendOutcome.Duplicate, null, answer, true));
        (await Send("c", 2, answer)).ShouldBe(new AppendResult(AppendOutcome.Duplicate, null, answer, false));
        (await probe.Test.Column<string>("select stream_id from mt_events")).ShouldBe(["a"]);
    }

    [Fact]
    public async Task ids_of_other_senders_and_other_commands_never_meet()
    {
        await using var probe = await Open();
        foreach (var (endpoint, sender) in new[] { ("x", "north.ehr"), ("x", "north.lab"), ("y", "north.ehr") })
        {
            var inbox = new InboxEntry(endpoint, sender, "m-1", [1], new CommandAccepted("m-1", "s", 1));
            (await probe.Store.Append(Probe.Request([Probe.Write(endpoint + sender, 0, new Counted(1))], inbox: inbox))).Outcome.ShouldBe(AppendOutcome.Committed);
        }
    }

    [Fact]
    public async Task a_conflict_leaves_the_message_id_free_for_the_retry()
    {
        await using var probe = await Open();
        await probe.Append("a", 0, new Counted(1));
        var inbox = new InboxEntry("x", "north.ehr", "m-1", [1], new CommandAccepted("m-1", "a", 2));
        (await probe.Store.Append(Probe.Request([Probe.Write("a", 0, new Counted(1))], inbox: inbox))).Outcome.ShouldBe(AppendOutcome.Conflict);
        (await probe.Store.Append(Probe.Request([Probe.Write("a", 1, new Counted(1))], inbox: inbox))).Outcome.ShouldBe(AppendOutcome.Committed);
    }

    [Fact]
    public async Task an_answer_alone_can_be_stored()
    {
        await using var probe = await Open();
        var refusal = new CommandRejected("invalid", "No.", "m-1", "amount");
        var request = Probe.Request([], inbox: new InboxEntry("x", "north.ehr", "m-1", [1], refusal));
        (await probe.Store.Append(request)).Outcome.ShouldBe(AppendOutcome.Committed);
        (await probe.Store.Append(request)).FirstAnswer.ShouldBe(refusal);
        (await probe.Test.Value<long>("select count(*) from mt_events")).ShouldBe(0);
    }

    [Fact]
    public async Task of_sixteen_deliveries_of_one_message_exactly_one_takes_effect()
    {
        await using var probe = await Open();
        var inbox = new InboxEntry("x", "north.ehr", "m-1", [1], new CommandAccepted("m-1", "a", 1));
        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(n =>
            probe.Store.Append(Probe.Request([Probe.Write($"a{n}", 0, new Counted(n))], inbox: inbox))));
        results.Count(r => r.Outcome == AppendOutcome.Committed).ShouldBe(1);
        results.Count(r => r is { Outcome: AppendOutcome.Duplicate, SameBody: true, FirstAnswer: CommandAccepted }).ShouldBe(15);
        (await probe.Test.Value<long>("select count(*) from mt_events")).ShouldBe(1);
    }
}
