using System.Text.Json;
using Clinic.Contracts;
using Clinic.Contracts.Messaging;
using Clinic.Messaging;

namespace Clinic.Tests.Infra;

/// <summary>What one service does about another's events: each once, in order, whatever the bus does with them.</summary>
public sealed class Following(Stack stack)
{
    private const string Producer = "consent";

    [Fact]
    public async Task a_message_delivered_five_times_has_one_effect()
    {
        await using var probe = await Probe.On(stack);
        var follower = Follower(probe);
        for (var n = 0; n < 5; n++) await follower.Receive(Event(1), CancellationToken.None);
        (await Effects(probe)).ShouldBe(["e1"]);
    }

    [Fact]
    public async Task deliveries_to_two_instances_at_once_have_one_effect()
    {
        await using var probe = await Probe.On(stack);
        await using var second = probe.SecondInstance();
        for (var n = 1; n <= 20; n++)
            await Task.WhenAll(Follower(probe).Receive(Event(n), CancellationToken.None), Follower(second).Receive(Event(n), CancellationToken.None));
        (await Effects(probe)).ShouldBe(Enumerable.Range(1, 20).Select(n => $"e{n}"));
    }

    [Fact]
    public async Task what_comes_above_a_gap_waits_until_the_missing_one_arrives()
    {
        await using var probe = await Probe.On(stack);
        var follower = Follower(probe);
        foreach (var n in new[] { 1, 3, 4 }) await follower.Receive(Event(n), CancellationToken.None);
        (await Effects(probe)).ShouldBe(["e1"]);
        (await probe.Test.Column<string>("select sequence || ' ' || reason from clinic.parked order by sequence")).ShouldBe(["3 gap", "4 gap"]);
        (await probe.Test.Value<bool>("select gap_since is not null from clinic.consumer")).ShouldBeTrue();
        await follower.Receive(Event(2), CancellationToken.None);
        (await Effects(probe)).ShouldBe(["e1", "e2", "e3", "e4"]);
        (await probe.Test.Column<string>("select concat_ws(' ', last, heard, gap_since) from clinic.consumer")).ShouldBe(["4 4"]);
        (await probe.Test.Value<long>("select count(*) from clinic.parked")).ShouldBe(0);
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3)]
    public async Task any_shuffle_with_duplicates_ends_in_order(int seed)
    {
        await using var probe = await Probe.On(stack);
        var random = new Random(seed);
        var follower = Follower(probe);
        var deliveries = Enumerable.Range(1, 30).Concat(Enumerable.Range(1, 30).Where(_ => random.Next(3) == 0)).OrderBy(_ => random.Next());
        foreach (var n in deliveries) await follower.Receive(Event(n), CancellationToken.None);
        (await Effects(probe)).ShouldBe(Enumerable.Range(1, 30).Select(n => $"e{n}"));
        (await probe.Test.Column<string>("select concat_ws(' ', last, heard, gap_since) from clinic.consumer")).ShouldBe(["30 30"]);
    }

    [Fact]
    public async Task an_event_that_cannot_be_handled_is_kept_with_an_alarm_and_what_follows_waits()
    {
        await using var probe = await Probe.On(stack);
        var broken = true;
        var follower = Follower(probe, message => { if (broken && message.Sequence == 2) throw new InvalidOperationException("not today"); });
        foreach (var n in new[] { 1, 2, 3 }) await follower.Receive(Event(n), CancellationToken.None);
        (await Effects(probe)).ShouldBe(["e1"]);
        probe.Alarms.Active.Keys.ShouldBe([$"parked-{Producer}"]);
        (await probe.Test.Column<string>("select sequence || ' ' || reason from clinic.parked order by sequence")).ShouldBe(["2 InvalidOperationException", "3 gap"]);
        (await Freshness.Of(probe.Database, Producer, CancellationToken.None)).GapOpen.ShouldBeTrue();

        broken = false;
        await follower.Heal(CancellationToken.None);
        (await Effects(probe)).ShouldBe(["e1", "e2", "e3"]);
        probe.Alarms.Active.ShouldBeEmpty();
    }

    [Fact]
    public async Task an_alarm_ends_also_when_the_event_is_handled_on_its_next_delivery()
    {
        await using var probe = await Probe.On(stack);
        var broken = true;
        var follower = Follower(probe, _ => { if (broken) throw new InvalidOperationException("not today"); });
        await follower.Receive(Event(1), CancellationToken.None);
        broken = false;
        await follower.Receive(Event(1), CancellationToken.None);
        (await Effects(probe)).ShouldBe(["e1"]);
        probe.Alarms.Active.ShouldBeEmpty();
    }

    [Fact]
    public async Task an_alarm_stays_while_another_event_cannot_be_handled()
    {
        await using var probe = await Probe.On(stack);
        var broken = new HashSet<long> { 1, 2 };
        var follower = Follower(probe, message => { if (broken.Contains(message.Sequence)) throw new InvalidOperationException("not today"); });
        await follower.Receive(Event(1), CancellationToken.None);
        await follower.Receive(Event(2), CancellationToken.None);
        broken.Remove(1);
        await Should.ThrowAsync<InvalidOperationException>(() => follower.Heal(CancellationToken.None));
        (await Effects(probe)).ShouldBe(["e1"]);
        probe.Alarms.Active.Keys.ShouldBe([$"parked-{Producer}"]);
    }

    [Fact]
    public async Task a_reaction_that_fails_halfway_leaves_nothing_and_is_tried_again()
    {
        await using var probe = await Probe.On(stack);
        var attempts = 0;
        var follower = Follower(probe, afterEffect: _ => { if (++attempts < 3) throw new InvalidOperationException("not yet"); });
        await follower.Receive(Event(1), CancellationToken.None);
        attempts.ShouldBe(3);
        (await Effects(probe)).ShouldBe(["e1"]);
    }

    [Fact]
    public async Task a_crash_between_commit_and_acknowledge_has_one_effect()
    {
        await using var probe = await Probe.On(stack);
        await Follower(probe).Receive(Event(1), CancellationToken.None);
        await using var restarted = probe.SecondInstance();
        await Follower(restarted).Receive(Event(1), CancellationToken.None);
        await Follower(restarted).Receive(Event(2), CancellationToken.None);
        (await Effects(probe)).ShouldBe(["e1", "e2"]);
    }

    [Fact]
    public async Task an_event_nobody_reacts_to_only_moves_the_checkpoint()
    {
        await using var probe = await Probe.On(stack);
        await Follower(probe).Receive(Event(1) with { Type = "consent.invented-later.v9", Body = "{\"any\": 1.5}" }, CancellationToken.None);
        (await probe.Test.Value<long>("select last from clinic.consumer")).ShouldBe(1);
        (await Effects(probe)).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_body_that_is_not_its_contract_is_kept_not_skipped()
    {
        await using var probe = await Probe.On(stack);
        await Follower(probe).Receive(Event(1) with { Body = "{\"clientId\": 5}" }, CancellationToken.None);
        (await probe.Test.Column<string>("select sequence || ' ' || reason from clinic.parked")).ShouldBe(["1 JsonException"]);
        probe.Alarms.Active.Keys.ShouldBe([$"parked-{Producer}"]);
    }

    [Fact]
    public async Task a_heartbeat_makes_knowledge_fresh_and_one_ahead_of_us_opens_a_gap()
    {
        await using var probe = await Probe.On(stack);
        var follower = Follower(probe);
        (await Freshness.Of(probe.Database, Producer, CancellationToken.None)).ShouldBe(new Freshness(TimeSpan.MaxValue, true, 0));
        await follower.Receive(Event(1), CancellationToken.None);
        (await Freshness.Of(probe.Database, Producer, CancellationToken.None)).Age.ShouldBe(TimeSpan.MaxValue);

        await follower.Receive(Beat(1, DateTimeOffset.UtcNow.AddSeconds(-30)), CancellationToken.None);
        var known = await Freshness.Of(probe.Database, Producer, CancellationToken.None);
        (known.GapOpen, known.Sequence).ShouldBe((false, 1));
        known.Age.ShouldBeInRange(TimeSpan.FromSeconds(29), TimeSpan.FromSeconds(60));

        await follower.Receive(Beat(3, DateTimeOffset.UtcNow), CancellationToken.None);
        known = await Freshness.Of(probe.Database, Producer, CancellationToken.None);
        (known.GapOpen, known.Age > TimeSpan.FromSeconds(29)).ShouldBe((true, true));
        foreach (var n in new[] { 2, 3 }) await follower.Receive(Event(n), CancellationToken.None);
        await follower.Receive(Beat(3, DateTimeOffset.UtcNow), CancellationToken.None);
        known = await Freshness.Of(probe.Database, Producer, CancellationToken.None);
        (known.GapOpen, known.Age < TimeSpan.FromSeconds(20)).ShouldBe((false, true));
        // an older heartbeat that comes again makes nothing older, and the future makes nothing fresher than now
        await follower.Receive(Beat(3, DateTimeOffset.UtcNow.AddHours(-1)), CancellationToken.None);
        await follower.Receive(Beat(3, DateTimeOffset.UtcNow.AddHours(1)), CancellationToken.None);
        (await Freshness.Of(probe.Database, Producer, CancellationToken.None)).Age.ShouldBe(TimeSpan.Zero);
    }

    private static Follower Follower(Probe probe, Action<ReceivedMessage>? beforeEffect = null, Action<ReceivedMessage>? afterEffect = null)
    {
        var reactions = new Reactions(Producer).On<RecordViewed>(async (viewed, reaction, ct) =>
        {
            beforeEffect?.Invoke(reaction.Message);
            var version = (await reaction.Store.Load<Counter>(Probe.North, "effects", default, ct)).Version;
            await reaction.Store.Append(Probe.Request([Probe.Write("effects", version, new Counted(1, viewed.ClientId))]), ct);
            afterEffect?.Invoke(reaction.Message);
        });
        return new Follower(probe.Database, Probe.Types, Probe.Seal, probe.Signals, reactions, probe.Alarms, probe.Log.For<Follower>());
    }

    private static async Task<string[]> Effects(Probe probe) => (await probe.Store.Load<Counter>(Probe.North, "effects")).State?.Notes ?? [];

    private static ReceivedMessage Event(long sequence) => Message(sequence, new RecordViewed($"e{sequence}", "v", "therapist", "p", "TREAT"));

    private static ReceivedMessage Beat(long sequence, DateTimeOffset asOf) => Message(0, new Heartbeat(Producer, sequence, asOf));

    private static ReceivedMessage Message(long sequence, object body) => new(
        Guid.NewGuid().ToString(), ContractTypes.NameOf(body.GetType()), "subject", Probe.North, sequence, sequence, DateTimeOffset.UtcNow, 1,
        null, "actor", null, null, null, null, null, null, JsonSerializer.Serialize(body, body.GetType(), ContractJson.Options));
}
