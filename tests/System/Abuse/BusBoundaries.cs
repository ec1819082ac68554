using RabbitMQ.Client;

namespace Clinic.SystemTests.Abuse;

/// <summary>What a clinic system, or a service that was broken into, tries to reach on the broker that is not its own.</summary>
public sealed class BusBoundaries(RunningClinic clinic)
{
    private const int Refused = 403;

    public static TheoryData<string, Func<IChannel, Task>> Reaches => new()
    {
        { "declare a queue of a service", c => c.QueueDeclareAsync("intake-from-evil", true, false, false) },
        { "declare a queue of another clinic", c => c.QueueDeclareAsync("events.south.ehr.mine", true, false, false) },
        { "declare a queue of a colleague whose name begins alike", c => c.QueueDeclareAsync("events.north.ehrx.mine", true, false, false) },
        { "declare an exchange", c => c.ExchangeDeclareAsync("clinic.mine", "fanout") },
        { "delete an exchange", c => c.ExchangeDeleteAsync("clinic.events") },
        { "delete a queue", c => c.QueueDeleteAsync("audit-from-consent") },
        { "read another's events", c => c.BasicGetAsync("events.south.ehr.main", true) },
        { "read another's answers", c => c.BasicGetAsync("reply.south.ehr.main", true) },
        { "read a colleague's answers", c => c.BasicGetAsync("reply.north.harbour.main", true) },
        { "read what services say to each other", c => c.BasicGetAsync("session-from-consent", true) },
        { "read commands", c => c.BasicGetAsync(Intruder.Referral, true) },
        { "read dead letters", c => c.BasicGetAsync("clinic.dead-letters", true) },
        { "consume another's events", c => c.BasicConsumeAsync("events.south.ehr.main", true, new RabbitMQ.Client.Events.AsyncEventingBasicConsumer(c)) },
        { "purge", c => c.QueuePurgeAsync("consent.grant-consent.v1") },
        { "hear commands", c => c.QueueBindAsync("events.north.ehr.main", "clinic.commands", "#") },
        { "hear requests", c => c.QueueBindAsync("events.north.ehr.main", "clinic.republish", "consent") },
        { "hear everything", c => c.QueueBindAsync("events.north.ehr.main", "clinic.events", "#") },
        { "hear every clinic", c => c.QueueBindAsync("events.north.ehr.main", "clinic.events", "*.consent.granted") },
        { "hear another clinic", c => c.QueueBindAsync("events.north.ehr.main", "clinic.events", "south.#") },
        { "hear a clinic whose name begins alike", c => c.QueueBindAsync("events.north.ehr.main", "clinic.events", "northern.#") },
        { "hear heartbeats", c => c.QueueBindAsync("events.north.ehr.main", "clinic.events", "_.consent.heartbeat") },
        { "have another's queue fed", c => c.QueueBindAsync("events.south.ehr.main", "clinic.events", "north.#") },
        { "unbind another", c => c.QueueUnbindAsync("events.south.ehr.main", "clinic.events", "south.#") },
        { "use a dead letter to get further", c => c.QueueDeclareAsync("events.north.ehr.trick", true, false, false,
            new Dictionary<string, object?> { ["x-dead-letter-exchange"] = "", ["x-dead-letter-routing-key"] = "audit-from-consent" }) },
        { "say an event by a dead letter", c => c.QueueDeclareAsync("events.north.ehr.trick", true, false, false,
            new Dictionary<string, object?> { ["x-dead-letter-exchange"] = "clinic.events" }) }
    };

    [Theory, MemberData(nameof(Reaches), DisableDiscoveryEnumeration = true), Trait("Abuse", "54")]
    public async Task A_clinic_system_reaches_its_own_queues_and_no_others(string what, Func<IChannel, Task> attempt)
    {
        await using var intruder = await Intruder.As(clinic, "north.ehr");
        var before = await clinic.Host.Queues();
        (await intruder.Try(attempt)).ShouldBe(Refused, what);
        (await clinic.Host.Queues()).Order().ShouldBe(before.Order());
    }

    [Fact, Trait("Abuse", "54")]
    public async Task Its_own_queue_is_fed_with_its_own_clinic_only()
    {
        var (north, south) = (await new Walk(clinic).Registered(), await new Walk(clinic, Person.South).Registered());
        await clinic.Ear.Wait("intake.client-registered.v1", "clientId", south.ClientId, Person.South);
        await using var connection = await clinic.Host.Connect("south.ehr");
        await using var channel = await connection.CreateChannelAsync();
        var heard = new List<Heard>();
        await Eventually.True(async () =>
        {
            while (await channel.BasicGetAsync("events.south.ehr.main", autoAck: true) is { } message)
                heard.Add(Ear.Read(message.RoutingKey, message.BasicProperties, message.Body));
            return heard.Any(e => e["clientId"] == south.ClientId);
        }, "the south's event in the queue it was given");
        heard.ShouldAllBe(e => e.Tenant == Person.South && e.RoutingKey.StartsWith("south.", StringComparison.Ordinal));
        heard.ShouldNotContain(e => e["clientId"] == north.ClientId);
    }

    [Theory, Trait("Abuse", "55")]
    [InlineData("intake-from-feedback_error"), InlineData("audit-from-consent"), InlineData("clinic.dead-letters"), InlineData("reply.south.ehr.main")]
    public async Task The_default_exchange_is_closed_to_clinic_systems(string queue)
    {
        await using var intruder = await Intruder.As(clinic, "north.ehr");
        (await intruder.Publish("", queue, "{}"u8.ToArray())).ShouldBe(Refused);
    }

    [Fact, Trait("Abuse", "56")]
    public async Task Nothing_is_declared_anew_with_other_arguments()
    {
        await using var clinicSystem = await Intruder.As(clinic, "north.ehr");
        await using var service = await Intruder.As(clinic, "session");
        const int differs = 406;
        (await clinicSystem.Try(c => c.QueueDeclareAsync("events.north.ehr.main", true, false, false,
            new Dictionary<string, object?> { ["x-queue-type"] = "quorum", ["x-max-length"] = 1 }))).ShouldBe(differs);
        (await clinicSystem.Try(c => c.ExchangeDeclareAsync("clinic.events", "fanout", durable: true))).ShouldBe(Refused);
        (await service.Try(c => c.QueueDeclareAsync("session-from-consent", true, false, false,
            new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }))).ShouldBe(differs, "without its single consumer");
        (await service.Try(c => c.QueueDeclareAsync("audit-from-consent", true, false, false))).ShouldBe(Refused);
        (await service.Try(c => c.ExchangeDeclareAsync("clinic.events", "fanout", durable: true))).ShouldBe(differs);
    }

    [Fact, Trait("Abuse", "54")]
    public async Task A_service_that_was_broken_into_reads_and_changes_no_others_queues()
    {
        await using var service = await Intruder.As(clinic, "session");
        foreach (var (what, attempt) in new (string, Func<IChannel, Task>)[]
        {
            ("read another's events", c => c.BasicGetAsync("audit-from-consent", true)),
            ("read a clinic's answers", c => c.BasicGetAsync("reply.north.ehr.main", true)),
            ("read another's commands", c => c.BasicGetAsync(Intruder.Referral, true)),
            ("read dead letters", c => c.BasicGetAsync("clinic.dead-letters", true)),
            ("purge", c => c.QueuePurgeAsync("consent-from-intake")),
            ("delete", c => c.QueueDeleteAsync("clinic.dead-letters")),
            ("hear every command", c => c.QueueBindAsync("session-from-consent", "clinic.commands", "#")),
            ("hear another's command", c => c.QueueBindAsync("session-from-consent", "clinic.commands", Intruder.Referral)),
            ("give a command", c => c.BasicPublishAsync("clinic.commands", Intruder.Referral, true, new BasicProperties { UserId = "session" }, Intruder.NewReferral(out _)).AsTask())
        })
            (await service.Try(attempt)).ShouldBe(Refused, what);
    }

    [Fact]
    public async Task Nobody_is_guest()
    {
        foreach (var password in new[] { "guest", "" })
            await Should.ThrowAsync<RabbitMQ.Client.Exceptions.BrokerUnreachableException>(() => new ConnectionFactory
            {
                HostName = clinic.Settings["Bus__Host"],
                Port = int.Parse(clinic.Settings["Bus__Port"]),
                VirtualHost = clinic.Settings["Bus__VirtualHost"],
                UserName = "guest",
                Password = password
            }.CreateConnectionAsync());
    }
}
