using System.Text;
using System.Text.Json;
using Clinic.Contracts;
using Clinic.Contracts.Consent;
using Clinic.Contracts.Messaging;
using Clinic.Hosting;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Clinic.Tests.Infra;

/// <summary>A service that accepts one command from the bus, and a clinic system with a reply queue.</summary>
public sealed class Door(Stack stack) : IAsyncLifetime
{
    public const string Contract = "consent.refuse-consent.v1";
    public const string System = "north.ehr";
    private VirtualHost bus = null!;

    public BusNode Node { get; private set; } = null!;

    public Mailbox Replies { get; private set; } = null!;

    public VirtualHost Bus => bus;

    public async ValueTask InitializeAsync()
    {
        bus = await stack.NewVirtualHost();
        Node = await BusNode.Start(await Probe.On(stack), bus, "consent", _ => null, ingress: services => [services.Accept<RefuseConsent>(
            (scope, command, ct) => scope.Execute<RefuseConsent, Counter>(command, null, "refusals-" + command.ClientId, Refuse, ct))]);
        Replies = await Mailbox.Open(bus, System, $"reply.{System}.door");
        // the relay waits for the queues and bindings, too
        await Eventually.True(() => Node.Probe.Log.Lines.Any(line => line.Contains("Leading relay", StringComparison.Ordinal)), "the queues to stand");
    }

    public async ValueTask DisposeAsync()
    {
        await Replies.DisposeAsync();
        await Node.DisposeAsync();
        await bus.DisposeAsync();
    }

    /// <summary>The answer to one message, waited for.</summary>
    public async Task<Mail> Answer(Func<Mail, bool> wanted)
    {
        await Eventually.True(() => Replies.Received.Any(wanted), "an answer");
        return Replies.Received.Last(wanted);
    }

    private static object[] Refuse(RefuseConsent command, Counter? state, Actor by, DateTimeOffset now) =>
        command.DirectiveId == "taken" ? throw new RuleViolation("directive_taken", "It is taken.", "directiveId") : [new Counted(1, command.DirectiveId)];
}

/// <summary>
/// Messages of foreign systems. Whatever comes in is answered or logged, leaves the queue, is never moved to another, and
/// disturbs no neighbour.
/// </summary>
public sealed class Entering(Door door) : IClassFixture<Door>
{
    private static int number;

    [Theory]
    [InlineData("a missing member", """{"clientId":"c1"}""", "malformed", "directiveId")]
    [InlineData("an unknown member", """{"clientId":"c1","directiveId":"d","extra":1}""", "malformed", "extra")]
    [InlineData("a member of another case", """{"clientId":"c1","DirectiveId":"d"}""", "malformed", null)]
    [InlineData("a wrong type", """{"clientId":"c1","directiveId":5}""", "malformed", "directiveId")]
    [InlineData("null where none may be", """{"clientId":null,"directiveId":"d"}""", "malformed", "clientId")]
    [InlineData("a duplicate key", """{"clientId":"c1","directiveId":"d","directiveId":"e"}""", "malformed", "directiveId")]
    [InlineData("an empty body", "", "malformed", null)]
    [InlineData("not JSON", "hello", "malformed", null)]
    [InlineData("half a body", """{"clientId":"c1","dire""", "malformed", null)]
    [InlineData("an array", "[]", "malformed", null)]
    [InlineData("null", "null", "malformed", null)]
    [InlineData("more behind the body", """{"clientId":"c1","directiveId":"d"}{}""", "malformed", null)]
    [InlineData("a structured CloudEvent", """{"specversion":"1.0","type":"consent.refuse-consent.v1","data":{}}""", "malformed", null)]
    [InlineData("a type hint", """{"$type":"X","clientId":"c1","directiveId":"d"}""", "malformed", null)]
    [InlineData("NUL in a value", """{"clientId":"c1","directiveId":"d\u0000"}""", "malformed", "directiveId")]
    [InlineData("NUL in an unknown name", """{"clientId":"c1","directiveId":"d","\u0000":1}""", "malformed", null)]
    [InlineData("a lone surrogate", """{"clientId":"c1","directiveId":"\ud800"}""", "malformed", "directiveId")]
    [InlineData("a lone surrogate in a name", """{"clientId":"c1","directiveId":"d","\ud800":1}""", "malformed", null)]
    [InlineData("a broken rule", """{"clientId":"c1","directiveId":"taken"}""", "directive_taken", "directiveId")]
    public async Task is_refused_with_a_reason_and_neighbours_are_not(string what, string body, string code, string? field)
    {
        await Accepted();
        var id = await Send(Encoding.UTF8.GetBytes(body));
        var refused = await Refused(id);
        (refused.Id, refused.Code).ShouldBe((id, code), what);
        if (field is not null) refused.Field.ShouldBe(field, what);
        refused.Reason.ShouldNotBeNullOrWhiteSpace();
        await Accepted();
        await NothingIsLeft();
    }

    [Theory]
    [InlineData(255, 255), InlineData(0xc0, 0x80), InlineData(0xed, 0xa0)]
    public async Task a_body_that_is_not_utf8_is_refused(byte first, byte second)
    {
        var id = await Send([.. "{\"clientId\":\"c1\",\"directiveId\":\""u8, first, second, .. "\"}"u8]);
        (await Refused(id)).Code.ShouldBe("malformed");
        await Accepted();
    }

    [Fact]
    public async Task a_mebibyte_is_read_and_one_byte_more_closes_the_senders_channel()
    {
        byte[] Padded(int size) => [.. "{\"clientId\":\"c1\"}"u8, .. Enumerable.Repeat((byte)' ', size - 17)];
        (await Refused(await Send(Padded(1024 * 1024)))).Code.ShouldBe("malformed");
        await using (var connection = await door.Bus.Connect(Door.System))
        await using (var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true)))
            (await Should.ThrowAsync<AlreadyClosedException>(async () => await channel.BasicPublishAsync("clinic.commands", Door.Contract, mandatory: true,
                new BasicProperties { MessageId = NewId(), UserId = Door.System }, Padded(1024 * 1024 + 1)))).ShutdownReason!.ReplyCode.ShouldBe((ushort)406);
        await Accepted();
        await NothingIsLeft();
    }

    [Fact]
    public async Task nesting_without_end_is_refused()
    {
        (await Refused(await Send(Encoding.UTF8.GetBytes("{\"clientId\":" + new string('[', 100_000))))).Code.ShouldBe("malformed");
        await Accepted();
    }

    [Fact]
    public async Task a_good_command_is_accepted_with_or_without_a_type()
    {
        foreach (var type in new[] { null, Door.Contract, "urn:message:Something.Else" })
        {
            var id = NewId();
            await Send(Good(id), p => { p.MessageId = id; p.Type = type; p.ContentType = null; });
            var accepted = JsonSerializer.Deserialize<CommandAccepted>((await Answer(id)).Body, ContractJson.Options)!;
            (accepted.Id, accepted.Stream).ShouldBe((id, "refusals-" + id));
        }
    }

    [Fact]
    public async Task the_events_say_who_sent_the_command()
    {
        var id = NewId();
        await Send(Good(id), p => { p.MessageId = id; p.CorrelationId = "conversation-1"; });
        await Answer(id);
        (await door.Node.Probe.Test.Value<string>($"""
            select concat_ws('|', tenant_id, user_name, correlation_id, causation_id, headers ->> 'role') from mt_events where stream_id = 'refusals-{id}'
            """)).ShouldBe($"north|north.ehr|conversation-1|{id}|clinic-system");
    }

    [Fact]
    public async Task a_repeated_command_is_answered_alike_and_takes_effect_once()
    {
        var (id, body) = (NewId(), Good("repeat"));
        for (var n = 0; n < 3; n++) await Send(body, p => p.MessageId = id);
        await Eventually.True(() => door.Replies.Received.Any(m => m.Properties.CorrelationId == id), "an answer");
        await Send(body, p => p.MessageId = id);
        await Eventually.True(() => door.Replies.Received.Count(m => m.Properties.CorrelationId == id) >= 2, "the answer again");
        door.Replies.Received.Where(m => m.Properties.CorrelationId == id).Select(m => m.Body).Distinct().Count().ShouldBe(1);
        (await door.Node.Probe.Test.Value<long>("select version from mt_streams where id = 'refusals-repeat'")).ShouldBe(1);
    }

    [Fact]
    public async Task an_id_that_comes_back_with_another_body_is_refused()
    {
        var id = await Send(Good("reuse"));
        await Answer(id);
        await Send(Good("reuse-other"), p => p.MessageId = id);
        var refused = await door.Answer(m => m.Properties.Type == "command.rejected.v1" && m.Json["id"]?.GetValue<string>() == id);
        refused.Json["code"]!.GetValue<string>().ShouldBe("message_id_reused");
        (await door.Node.Probe.Test.Value<long>("select count(*) from mt_streams where id = 'refusals-reuse-other'")).ShouldBe(0);
    }

    [Theory]
    [InlineData(null, "message_id_missing"), InlineData("nul\0", "message_id_invalid"), InlineData("tab\t", "message_id_invalid")]
    [InlineData("long", "message_id_too_long")]
    public async Task a_message_id_that_cannot_be_kept_is_refused(string? id, string code)
    {
        if (id == "long") id = new string('x', 201);
        var before = door.Replies.Received.Count;
        await Send(Good("no-id"), p => p.MessageId = id);
        await Eventually.True(() => door.Replies.Received.Count > before, "an answer");
        door.Replies.Received[^1].Json["code"]!.GetValue<string>().ShouldBe(code);
        await Accepted();
    }

    [Theory]
    [InlineData("any id: 12, ü, 😂"), InlineData("'; drop table x; --"), InlineData("not-a-guid")]
    public async Task any_printable_message_id_will_do(string id)
    {
        await Send(Good("odd-" + (uint)id.GetHashCode(StringComparison.Ordinal)), p => p.MessageId = id);
        (await Answer(id)).Properties.Type.ShouldBe("command.accepted.v1");
    }

    [Fact]
    public async Task who_does_not_say_who_it_is_gets_no_answer_but_a_log_line()
    {
        var id = NewId();
        await Send(Good(id), p => { p.MessageId = id; p.UserId = null; });
        await Eventually.True(() => door.Node.Probe.Log.Lines.Any(line => line.Contains("no user-id", StringComparison.Ordinal)), "a log line");
        await Accepted();
        await NothingIsLeft();
        (await door.Node.Probe.Test.Value<long>($"select count(*) from clinic.inbox where message_id = '{id}'")).ShouldBe(0);
    }

    [Theory]
    [InlineData("reply.south.ehr.door"), InlineData("consent.refuse-consent.v1"), InlineData("audit-from-consent"), InlineData("reply.north.ehrx.q"), InlineData("reply.north.ehr.nul\0")]
    public async Task an_answer_goes_only_to_a_queue_of_the_sender(string replyTo)
    {
        await using var foreign = await Mailbox.Open(door.Bus, "admin", "watch.foreign");
        if (replyTo.StartsWith("reply.south", StringComparison.Ordinal)) await foreign.Channel.QueueDeclareAsync(replyTo, true, false, false);
        var id = NewId();
        await Send(Good(id), p => { p.MessageId = id; p.ReplyTo = replyTo; });
        await Accepted();
        await Eventually.True(async () => await door.Node.Probe.Test.Value<long>($"select count(*) from clinic.inbox where message_id = '{id}' and reply_to is null") == 1, "the command to be handled");
        if (replyTo.StartsWith("reply.south", StringComparison.Ordinal)) (await foreign.Channel.MessageCountAsync(replyTo)).ShouldBe(0u);
    }

    private async Task Accepted() => (await Answer(await Send(null))).Properties.Type.ShouldBe("command.accepted.v1");

    private async Task<CommandRejected> Refused(string id)
    {
        var answer = await Answer(id);
        answer.Properties.Type.ShouldBe("command.rejected.v1");
        return JsonSerializer.Deserialize<CommandRejected>(answer.Body, ContractJson.Options)!;
    }

    private Task<Mail> Answer(string id) => door.Answer(m => m.Properties.CorrelationId == id);

    private async Task<string> Send(byte[]? body)
    {
        var id = NewId();
        await Send(body ?? Good(id), p => p.MessageId = id);
        return id;
    }

    private async Task Send(byte[] body, Action<BasicProperties> change)
    {
        var properties = new BasicProperties { UserId = Door.System, ReplyTo = door.Replies.Queue, ContentType = "application/json" };
        change(properties);
        await door.Replies.Send(Clinic.Messaging.Topology.Commands, Door.Contract, properties, body);
    }

    /// <summary>The queue is empty, and none came into being for errors.</summary>
    private async Task NothingIsLeft()
    {
        await Eventually.True(async () => await door.Node.Probe.Test.Value<long>("select count(*) from clinic.inbox where reply_to is not null and replied_at is null") == 0, "all answers to be sent");
        var queues = await door.Bus.Queues();
        queues.ShouldNotContain(name => name.EndsWith("_error", StringComparison.Ordinal) || name.EndsWith("_skipped", StringComparison.Ordinal));
        await using var connection = await door.Bus.Connect("admin");
        await using var channel = await connection.CreateChannelAsync();
        foreach (var queue in new[] { Door.Contract, "clinic.dead-letters" }) (await channel.MessageCountAsync(queue)).ShouldBe(0u);
    }

    private static byte[] Good(string clientId) => Encoding.UTF8.GetBytes($$"""{"clientId":"{{clientId}}","directiveId":"d-1"}""");

    private static string NewId() => $"m-{Interlocked.Increment(ref number)}";
}
