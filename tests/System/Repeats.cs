using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Clinic.SystemTests;

/// <summary>Networks repeat; effects do not.</summary>
public sealed class Repeats(RunningClinic clinic)
{
    [Fact, Trait("Scenario", "T26"), Trait("Scenario", "T29")]
    public async Task The_same_command_five_times_has_one_effect_and_the_same_answer_five_times()
    {
        var referral = Referral();
        var id = Guid.NewGuid().ToString();

        for (var time = 1; time <= 5; time++) await clinic.NorthEhr.Command("intake.receive-referral.v1", referral, id);

        var answers = await clinic.NorthEhr.AnswersTo(id, 5);
        answers.Length.ShouldBe(5);
        answers.Distinct().ShouldHaveSingleItem().Accepted();
        (await clinic.Ledger("intake").Count("referral_received", "referralId", referral.ReferralId)).ShouldBe(1);
    }

    [Fact, Trait("Scenario", "T26")]
    public async Task Five_at_once_have_one_effect_and_no_two_answers()
    {
        var referral = Referral();
        var id = Guid.NewGuid().ToString();

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => clinic.NorthEhr.Send("intake.receive-referral.v1", referral, id)));

        (await clinic.NorthEhr.AnswersTo(id)).Distinct().ShouldHaveSingleItem().Accepted();
        await clinic.Ear.Wait("intake.referral-received.v1", "referralId", referral.ReferralId);
        (await clinic.Ledger("intake").Count("referral_received", "referralId", referral.ReferralId)).ShouldBe(1);
        clinic.Ear.All.Where(e => e["referralId"] == referral.ReferralId).Select(e => e.Sequence).Distinct().ShouldHaveSingleItem();
    }

    [Fact, Trait("Scenario", "T26")]
    public async Task A_refusal_repeated_is_the_same_refusal()
    {
        var walk = new Walk(clinic);
        var id = Guid.NewGuid().ToString();

        var first = await clinic.NorthEhr.Command("consent.refuse-consent.v1", new { walk.ClientId, directiveId = "none" }, id);
        var second = await clinic.NorthEhr.Command("consent.refuse-consent.v1", new { walk.ClientId, directiveId = "none" }, id);

        first.Refused("directive_unknown");
        second.ShouldBe(first);
    }

    [Fact, Trait("Scenario", "T26")]
    public async Task The_same_message_id_with_another_body_is_refused_and_changes_nothing()
    {
        var (one, other) = (Referral(), Referral());
        var id = Guid.NewGuid().ToString();

        var first = await clinic.NorthEhr.Command("intake.receive-referral.v1", one, id);
        var second = await clinic.NorthEhr.Command("intake.receive-referral.v1", other, id);
        var broken = await clinic.NorthEhr.Command("intake.receive-referral.v1", new { nonsense = true }, id);
        var again = await clinic.NorthEhr.Command("intake.receive-referral.v1", one, id);

        first.Accepted();
        second.Refused("message_id_reused");
        broken.Refused("message_id_reused");
        again.ShouldBe(first);
        (await clinic.Ledger("intake").Count("referral_received", "referralId", other.ReferralId)).ShouldBe(0);
    }

    [Fact, Trait("Scenario", "T29")]
    public async Task A_system_that_lost_its_reply_queue_asks_again_and_is_answered_where_it_listens_now()
    {
        var referral = Referral();
        var id = Guid.NewGuid().ToString();
        Answer first;
        await using (var before = await ClinicSystem.Connect(clinic.Host, "north.ehr"))
            first = await before.Command("intake.receive-referral.v1", referral, id);

        await using var after = await ClinicSystem.Connect(clinic.Host, "north.ehr");
        (await after.Command("intake.receive-referral.v1", referral, id)).ShouldBe(first);
    }

    [Fact, Trait("Scenario", "T26")]
    public async Task The_same_idempotency_key_is_given_the_same_answer_whatever_has_happened_since()
    {
        var walk = await new Walk(clinic).Registered();
        (await clinic.Post("consent.propose-consent.v1", walk.Proposal(), walk.Therapist)).Accepted();
        var grant = walk.Grant(walk.SharingDirective);
        var key = Guid.NewGuid().ToString();

        var first = await clinic.Post("consent.grant-consent.v1", grant, walk.Client, key);
        var second = await clinic.Post("consent.grant-consent.v1", grant, walk.Client, key);
        (await walk.Withdraw(walk.SharingDirective)).Accepted();
        var third = await clinic.Post("consent.grant-consent.v1", grant, walk.Client, key);

        first.Accepted();
        second.ShouldBe(first);
        third.ShouldBe(first);
        (await clinic.Ledger("consent").Count("consent_granted", "directiveId", walk.SharingDirective)).ShouldBe(1);
        (await clinic.Post("consent.grant-consent.v1", walk.Grant(walk.SharingDirective), walk.Client, key)).Refused("message_id_reused");
    }

    [Fact, Trait("Scenario", "T26")]
    public async Task Events_published_again_change_nothing_in_those_who_follow()
    {
        var walk = await new Walk(clinic).Consented();
        await Trail.Complete(clinic);
        var before = await Following();
        await using var session = await clinic.Host.Connect("session");
        await using var audit = await clinic.Host.Connect("audit");

        var last = await clinic.Ledger("consent").Value<long>("select max(sequence) from clinic.publication");
        for (var time = 1; time <= 5; time++)
        {
            await AskAgain(session, "session", "consent", last);
            await AskAgain(audit, "audit", "consent", last);
        }
        // what comes behind the repeats shows that they have been taken
        (await walk.Withdraw(walk.CareDirective)).Accepted();
        await Eventually.True(async () => await clinic.Ledger("session").Count("consent_noted", "directiveId", walk.CareDirective) == 2, "the withdrawal");
        await Trail.Complete(clinic);

        var after = await Following();
        after.Notes.ShouldBe(before.Notes + 1);
        after.Parked.ShouldBe(0);
        // the withdrawal, and nothing else
        after.Copies.ShouldBe(before.Copies + 1);
    }

    [Fact, Trait("Scenario", "T27")]
    public async Task A_withdrawal_that_overtakes_its_grant_opens_no_window()
    {
        const string queue = "session-from-consent";
        var walk = await new Walk(clinic).Suitable();
        await clinic["session"].Kill();
        await using (var connection = await clinic.Host.Connect("admin"))
        {
            await using var channel = await connection.CreateChannelAsync();
            var heard = new ConcurrentQueue<(BasicProperties Properties, byte[] Body)>();
            var consumer = new AsyncEventingBasicConsumer(channel);
            consumer.ReceivedAsync += (_, message) =>
            {
                heard.Enqueue((new BasicProperties(message.BasicProperties), message.Body.ToArray()));
                return Task.CompletedTask;
            };
            var tag = await channel.BasicConsumeAsync(queue, autoAck: true, consumer);
            (await clinic.Post("consent.grant-consent.v1", walk.Grant(walk.CareDirective), walk.Client)).Accepted();
            (await walk.Withdraw(walk.CareDirective)).Accepted();
            bool Ours((BasicProperties Properties, byte[] Body) m) =>
                m.Properties.Type is "consent.granted.v1" or "consent.withdrawn.v1" && JsonNode.Parse(m.Body)!["directiveId"]!.GetValue<string>() == walk.CareDirective;
            await Eventually.True(() => heard.Count(Ours) == 2, "the grant and the withdrawal");
            await channel.BasicCancelAsync(tag);
            // the rest as it came; of these two the later one first
            foreach (var (properties, body) in heard.Where(m => !Ours(m)).Concat(heard.Where(Ours).Reverse()))
                await channel.BasicPublishAsync("", queue, mandatory: true, properties, body);
        }
        clinic["session"].Start();
        await clinic["session"].Ready();

        await Eventually.True(async () => await clinic.Ledger("session").Value<bool>(
            "select coalesce(bool_or(data ->> 'status' = 'withdrawn'), false) from mt_events where type = 'consent_noted' and data ->> 'directiveId' = $1", walk.CareDirective), "the withdrawal");
        (await clinic.Ledger("session").Value<string>(
            "select string_agg(data ->> 'status', ' ' order by version) from mt_events where type = 'consent_noted' and data ->> 'directiveId' = $1", walk.CareDirective))
            .ShouldBe("granted withdrawn", "the later one waited for the earlier one");
        (await clinic.Post("session.book-session.v1", walk.Booking(), walk.Client)).Refused("consent_missing");
    }

    private async Task<(long Notes, long Copies, long Parked)> Following() => (
        await clinic.Ledger("session").Value<long>("select count(*) from mt_events where type = 'consent_noted'"),
        await clinic.Ledger("audit").Value<long>("select count(*) from mt_events where stream_id = 'from-consent'"),
        await clinic.Ledger("session").Value<long>("select count(*) from clinic.parked"));

    private async Task AskAgain(IConnection connection, string consumer, string producer, long upToSequence)
    {
        await using var channel = await connection.CreateChannelAsync();
        await channel.BasicPublishAsync("clinic.republish", producer, mandatory: true,
            new BasicProperties { UserId = consumer, ContentType = "application/json" },
            JsonSerializer.SerializeToUtf8Bytes(new { consumer, producer, fromSequence = Math.Max(1, upToSequence - 20), upToSequence }, Answer.Json));
        await Eventually.True(() => clinic[producer].Log.Contains($"again for {consumer}", StringComparison.Ordinal), "the request to be served");
    }

    private static ReferralBody Referral() => new("r-" + Guid.NewGuid().ToString("N"), "gp", ["low-mood"], "routine");

    private sealed record ReferralBody(string ReferralId, string Source, string[] ReasonCodes, string Urgency);
}
