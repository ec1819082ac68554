using System.Text;
using RabbitMQ.Client;

namespace Clinic.SystemTests.Abuse;

/// <summary>Who sends it is who the broker says; what it says of itself changes nothing.</summary>
public sealed class BusIdentities(RunningClinic clinic)
{
    private const int Refused = 403, NotYou = 406;

    [Fact, Trait("Abuse", "43")]
    public async Task Nobody_speaks_for_a_service()
    {
        var genuine = await Genuine();
        var (audit, session) = (await Known("audit"), await Known("session"));
        await using var clinicSystem = await Intruder.As(clinic, "north.ehr");
        await using var service = await Intruder.As(clinic, "session");
        (await clinicSystem.Publish("clinic.events", genuine.RoutingKey, Intruder.Bytes(genuine), p => Intruder.Copy(genuine, p))).ShouldBe(Refused);
        (await service.Publish("clinic.events", genuine.RoutingKey, Intruder.Bytes(genuine), p => Intruder.Copy(genuine, p))).ShouldBe(Refused, "another's key");
        (await service.Publish("clinic.events", genuine.RoutingKey.Replace(".consent.", ".session.", StringComparison.Ordinal), Intruder.Bytes(genuine), p =>
        {
            Intruder.Copy(genuine, p);
            p.UserId = "consent";
        })).ShouldBe(NotYou);
        // a service may write to queues, for its answers: what reaches another's queue is refused there
        (await service.Publish("", "audit-from-consent", Intruder.Bytes(genuine), p => Intruder.Copy(genuine, p, Next(genuine)))).ShouldBe(0);
        await Unchanged(audit, session);
    }

    [Fact, Trait("Abuse", "44")]
    public async Task Without_a_user_id_nothing_is_done()
    {
        await using var intruder = await Intruder.As(clinic, "north.ehr");
        (await intruder.Publish("clinic.commands", Intruder.Referral, Intruder.NewReferral(out var command), p => p.UserId = null)).ShouldBe(0);
        var genuine = await Genuine();
        var (audit, session) = (await Known("audit"), await Known("session"));
        await using var service = await Intruder.As(clinic, "session");
        (await service.Publish("", "audit-from-consent", Intruder.Bytes(genuine), p =>
        {
            Intruder.Copy(genuine, p, Next(genuine));
            p.UserId = null;
        })).ShouldBe(0);
        await TheNextIsAccepted();
        (await clinic.Ledger("intake").Count("referral_received", "referralId", command)).ShouldBe(0);
        await Unchanged(audit, session);
    }

    [Theory]
    [InlineData("eventhash", "00"), Trait("Abuse", "45")]
    public async Task An_event_whose_hash_was_edited_on_the_way_changes_nothing(string header, string value) => await Tampered(false, (header, value));

    [Theory]
    [InlineData(1), InlineData(1000), Trait("Abuse", "48")]
    public async Task An_event_whose_sequence_was_edited_changes_nothing(int ahead) => await Tampered(false, ("sequence", "+" + ahead));

    [Fact, Trait("Abuse", "46")]
    public async Task An_old_command_again_has_no_second_effect_and_an_old_event_none()
    {
        var id = Guid.NewGuid().ToString();
        var body = Intruder.NewReferral(out var referralId);
        for (var n = 0; n < 3; n++) await clinic.NorthEhr.Publish(Intruder.Referral, body, p => p.MessageId = id);
        (await clinic.NorthEhr.AnswersTo(id)).Distinct().ShouldHaveSingleItem().Accepted();
        (await clinic.Ledger("intake").Count("referral_received", "referralId", referralId)).ShouldBe(1);
        // even when the broker itself vouches for it
        await Tampered(true);
    }

    [Fact, Trait("Abuse", "47")]
    public async Task Old_events_in_another_order_change_nothing()
    {
        var first = await Genuine();
        await Genuine();
        var (audit, session) = (await Known("audit"), await Known("session"));
        var all = clinic.Ear.All.Where(e => e.Producer == "consent" && e.Sequence >= first.Sequence).DistinctBy(e => e.Sequence).OrderByDescending(e => e.Sequence).ToArray();
        await using var admin = await Intruder.As(clinic, "admin");
        foreach (var heard in all)
            foreach (var queue in new[] { "session-from-consent", "audit-from-consent" })
                (await admin.Publish("", queue, Intruder.Bytes(heard), p =>
                {
                    Intruder.Copy(heard, p);
                    p.UserId = "consent";
                })).ShouldBe(0);
        await Unchanged(audit, session);
    }

    [Fact, Trait("Abuse", "49")]
    public async Task A_queue_takes_its_own_command_whatever_the_message_calls_itself()
    {
        var walk = new Walk(clinic);
        var id = Guid.NewGuid().ToString();
        // a grant's name on a referral's queue, then a grant's body
        await clinic.NorthEhr.Publish(Intruder.Referral, Encoding.UTF8.GetBytes("""{"clientId":"c","directiveId":"d"}"""), p =>
        {
            p.MessageId = id;
            p.Type = "urn:message:Clinic.Contracts.Consent:GrantConsent";
            p.Headers = new Dictionary<string, object?> { ["MT-MessageType"] = p.Type, ["cloudEvents_type"] = "consent.grant-consent.v1" };
        });
        (await clinic.NorthEhr.AnswersTo(id)).ShouldHaveSingleItem().Refused("malformed");
        (await clinic.Ledger("consent").Count("consent_granted", "clientId", walk.ClientId)).ShouldBe(0);
    }

    [Theory, Trait("Abuse", "50")]
    [InlineData("$type"), InlineData("$id"), InlineData("$ref"), InlineData("messageType"), InlineData("@class")]
    public async Task A_type_in_the_body_makes_nothing(string member)
    {
        var id = Guid.NewGuid().ToString();
        var text = Encoding.UTF8.GetString(Intruder.NewReferral(out var referralId));
        await clinic.NorthEhr.Publish(Intruder.Referral, Encoding.UTF8.GetBytes($$"""{"{{member}}":"System.IO.FileInfo, System.IO.FileSystem",{{text[1..]}}"""), p => p.MessageId = id);
        (await clinic.NorthEhr.AnswersTo(id)).ShouldHaveSingleItem().Refused("malformed");
        (await clinic.Ledger("intake").Count("referral_received", "referralId", referralId)).ShouldBe(0);
    }

    [Fact, Trait("Abuse", "51")]
    public async Task Addresses_to_answer_to_or_to_complain_to_are_not_followed()
    {
        var before = await clinic.Host.Queues();
        var id = Guid.NewGuid().ToString();
        const string elsewhere = "rabbitmq://localhost/reply.south.ehr.main?temporary=true";
        await clinic.NorthEhr.Publish(Intruder.Referral, "[]"u8.ToArray(), p =>
        {
            p.MessageId = id;
            p.Headers = new[] { "MT-Response-Address", "MT-Fault-Address", "MT-Forwarder-Address", "responseAddress", "faultAddress" }.ToDictionary(name => name, _ => (object?)elsewhere);
        });
        var envelope = Guid.NewGuid().ToString();
        await clinic.NorthEhr.Publish(Intruder.Referral, Encoding.UTF8.GetBytes(
            $$"""{"messageId":"{{envelope}}","responseAddress":"{{elsewhere}}","faultAddress":"{{elsewhere}}","messageType":["urn:message:X"]} """), p =>
        {
            p.MessageId = envelope;
            p.ContentType = "application/vnd.masstransit+json";
        });
        foreach (var sent in new[] { id, envelope }) (await clinic.NorthEhr.AnswersTo(sent)).ShouldHaveSingleItem().Refused("malformed");
        (await clinic.Host.Queues()).Except(before).ShouldBeEmpty();
        await using var connection = await clinic.Host.Connect("south.ehr");
        await using var channel = await connection.CreateChannelAsync();
        (await channel.BasicGetAsync("reply.south.ehr.main", true)).ShouldBeNull();
    }

    [Fact, Trait("Abuse", "59")]
    public async Task The_tenant_is_the_senders_whatever_headers_and_body_say()
    {
        var id = Guid.NewGuid().ToString();
        await clinic.NorthEhr.Publish(Intruder.Referral, Intruder.NewReferral(out var referralId), p =>
        {
            p.MessageId = id;
            p.Headers = new Dictionary<string, object?> { ["cloudEvents_tenant"] = "south", ["tenant"] = "south", ["cloudEvents_actor"] = "op-1", ["cloudEvents_actorrole"] = "operator" };
        });
        (await clinic.NorthEhr.AnswersTo(id)).ShouldHaveSingleItem().Accepted();
        (await clinic.Ledger("intake").Count("referral_received", "referralId", referralId, Person.South)).ShouldBe(0);
        var heard = await clinic.Ear.Wait("intake.referral-received.v1", "referralId", referralId);
        (heard.Tenant, heard.Headers["actor"], heard.Headers["actorrole"]).ShouldBe((Person.North, "north.ehr", "clinic-system"));
        var inBody = Guid.NewGuid().ToString();
        var text = Encoding.UTF8.GetString(Intruder.NewReferral(out _));
        await clinic.NorthEhr.Publish(Intruder.Referral, Encoding.UTF8.GetBytes("{\"tenant\":\"south\"," + text[1..]), p => p.MessageId = inBody);
        (await clinic.NorthEhr.AnswersTo(inBody)).ShouldHaveSingleItem().Refused("malformed").Field.ShouldBe("tenant");
    }

    /// <summary>A genuine event of consent, altered, into the queues of two consumers: by another service, or by who may say it is consent.</summary>
    private async Task Tampered(bool vouched, params (string Header, string Value)[] edits)
    {
        var genuine = await Genuine();
        var (audit, session) = (await Known("audit"), await Known("session"));
        var edited = edits.Select(e => e.Value.StartsWith('+') ? (e.Header, (genuine.Sequence + long.Parse(e.Value[1..])).ToString()) : e).ToArray();
        await using var sender = await Intruder.As(clinic, vouched ? "admin" : "feedback");
        foreach (var queue in new[] { "session-from-consent", "audit-from-consent" })
            (await sender.Publish("", queue, Intruder.Bytes(genuine), p =>
            {
                Intruder.Copy(genuine, p, edited);
                p.UserId = vouched ? "consent" : "feedback";
            })).ShouldBe(0);
        await Unchanged(audit, session);
    }

    /// <summary>An event of consent that both its followers have.</summary>
    private async Task<Heard> Genuine()
    {
        var walk = await new Walk(clinic).Sharing();
        var heard = await clinic.Ear.Wait("consent.granted.v1", "clientId", walk.ClientId);
        await Trail.Complete(clinic);
        await Eventually.True(async () => (await clinic.Ledger("session").Value<long>("select last from clinic.consumer where producer = 'consent'")) >= heard.Sequence, "session to have it");
        return heard;
    }

    private static (string, string) Next(Heard heard) => ("sequence", (heard.Sequence + 1).ToString());

    private Task<string> Known(string consumer) => clinic.Ledger(consumer).Value<string>("""
        select concat_ws(' ', (select count(*) from mt_events where type = 'consent_noted' or stream_id = 'from-consent'), (select max(last) from clinic.consumer where producer = 'consent'), (select max(heard) from clinic.consumer where producer = 'consent'),
            (select count(*) from clinic.parked))
        """);

    /// <summary>Once what was sent behind it has been handled, so has it.</summary>
    private async Task Unchanged(string audit, string session)
    {
        foreach (var queue in new[] { "session-from-consent", "audit-from-consent" })
            await Eventually.True(async () => await clinic.Host.Messages(queue) == 0, $"{queue} to be empty");
        (await Known("audit")).ShouldBe(audit);
        (await Known("session")).ShouldBe(session);
        await Trail.Complete(clinic);
    }

    private async Task TheNextIsAccepted()
    {
        var id = Guid.NewGuid().ToString();
        await clinic.NorthEhr.Publish(Intruder.Referral, Intruder.NewReferral(out _), p => p.MessageId = id);
        (await clinic.NorthEhr.AnswersTo(id)).ShouldHaveSingleItem().Accepted();
    }
}
