using System.Text;
using System.Text.Json.Nodes;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Clinic.SystemTests;

/// <summary>Two clinics on one installation that happen to use the same ids for everything: neither notices the other.</summary>
public sealed class TwoClinics(RunningClinic clinic)
{
    [Fact]
    public async Task The_same_ids_in_both_are_two_records()
    {
        var run = Guid.NewGuid().ToString("N")[..10];
        var north = await new Walk(clinic, Person.North, run).Booked();
        var south = await new Walk(clinic, Person.South, run).Booked();
        (north.ClientId, north.Therapist.Id, north.SessionId()).ShouldBe((south.ClientId, south.Therapist.Id, south.SessionId()));

        (await south.Withdraw(south.CareDirective)).Accepted();
        await clinic.Ear.Wait("session.cancelled.v1", "sessionId", south.SessionId(), Person.South);
        await Trail.Complete(clinic);

        (await SessionOf(north)).ShouldBe("scheduled");
        await Eventually.True(async () => await SessionOf(south) == "cancelled", "the south's session cancelled");
        (await Directives(north)).ShouldBe([(north.CareDirective, "active")]);
        (await Directives(south)).ShouldBe([(south.CareDirective, "withdrawn")]);

        var (northTrail, southTrail) = (await TrailOf(north), await TrailOf(south));
        northTrail.ShouldContain("consent.granted.v1");
        northTrail.ShouldNotContain("consent.withdrawn.v1");
        southTrail.ShouldContain("consent.withdrawn.v1");
        var heard = clinic.Ear.All.Where(e => e["clientId"] == north.ClientId).ToArray();
        heard.ShouldAllBe(e => e.RoutingKey.StartsWith(e.Tenant + ".", StringComparison.Ordinal));
        heard.Count(e => e.Type == "session.cancelled.v1").ShouldBe(heard.Count(e => e.Type == "session.cancelled.v1" && e.Tenant == Person.South));
    }

    [Fact]
    public async Task The_same_idempotency_key_and_operator_in_both_are_two_commands()
    {
        var run = Guid.NewGuid().ToString("N")[..10];
        var (north, south) = (new Walk(clinic, Person.North, run), new Walk(clinic, Person.South, run));
        var registration = new
        {
            north.ClientId,
            route = "self",
            identityMode = "anonymous",
            ageBand = "25-34",
            language = "en",
            region = "GB",
            accessibility = Array.Empty<string>()
        };

        (await clinic.Post("intake.register-client.v1", registration, Person.Operator(Person.North), "key-" + run)).Accepted();
        (await clinic.Post("intake.register-client.v1", registration, Person.Operator(Person.South), "key-" + run)).Accepted();

        (await clinic.Ledger("intake").Count("client_registered", "clientId", north.ClientId, Person.North)).ShouldBe(1);
        (await clinic.Ledger("intake").Count("client_registered", "clientId", north.ClientId, Person.South)).ShouldBe(1);
    }

    [Fact]
    public async Task A_reader_from_the_south_finds_nothing_of_a_client_of_the_north()
    {
        var walk = await new Walk(clinic).Booked();
        await walk.Permitted();
        (await clinic.Release(walk.DisclosureId(), walk.Recipient)).Answer.Accepted();
        await walk.Measured(0, 0, 0, 0, 0, 0, 0, 0, 2);
        await Eventually.True(async () => (await Read(walk, "feedback", "alerts", Person.North)).Body.AsArray().Count == 1, "everything of the north in its views");
        await Trail.Complete(clinic);

        foreach (var (service, view) in new[] { ("session", "sessions"), ("feedback", "scores"), ("feedback", "alerts"), ("consent", "accounting") })
        {
            (await Read(walk, service, view, Person.North)).Body.AsArray().ShouldNotBeEmpty(view);
            (await clinic.Get(service, $"/clients/{walk.ClientId}/{view}", Person.Supervisor(Person.South))).Accepted().Body.AsArray().ShouldBeEmpty(view);
            // who has the same id there treats nobody here
            (await clinic.Get(service, $"/clients/{walk.ClientId}/{view}", walk.Therapist with { Tenant = Person.South })).Refused("not_found", 404);
        }
        (await Read(walk, "consent", "consents", Person.North)).Body["directives"]!.AsArray().Count.ShouldBe(2);
        (await clinic.Get("consent", $"/clients/{walk.ClientId}/consents", Person.Supervisor(Person.South))).Accepted().Body["directives"]!.AsArray().ShouldBeEmpty();
        var path = $"/clients/{walk.ClientId}/safety-card";
        (await clinic.Get("intake", path, walk.Therapist)).Accepted();
        (await clinic.Get("intake", path, Person.Supervisor(Person.South))).Refused("not_found", 404);
        (await clinic.Get("audit", $"/trail?clientId={walk.ClientId}", Person.Auditor(Person.South), "HLEGAL")).Accepted()
            .Body.AsArray().ShouldAllBe(row => row!["actor"]!.GetValue<string>() != walk.Therapist.Id || new[] { "record.viewed.v1", "access.denied.v1" }.Contains(row["type"]!.GetValue<string>()));

        // nor may it act on what it cannot see
        var stranger = Person.Therapist("ther-south", Person.South);
        (await clinic.Post("session.cancel-session.v1", new { sessionId = walk.SessionId(), by = "practitioner" }, stranger)).Refused("not_found", 404);
        (await clinic.Release(walk.DisclosureId(), new Person(walk.Recipient.Id, "clinic-system", Person.South))).Answer.Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_system_of_the_south_hears_the_south_only()
    {
        await using var channel = await clinic.SouthEhr.Connection.CreateChannelAsync();
        var queue = $"events.south.ehr.{Guid.NewGuid():N}";
        await channel.QueueDeclareAsync(queue, durable: false, exclusive: true, autoDelete: true);
        await channel.QueueBindAsync(queue, "clinic.events", "south.#");
        var north = await new Walk(clinic, Person.North).Registered();
        var south = await new Walk(clinic, Person.South).Registered();
        await clinic.Ear.Wait("intake.client-registered.v1", "clientId", north.ClientId);

        var clients = new List<string>();
        await Eventually.True(async () =>
        {
            while (await channel.BasicGetAsync(queue, autoAck: true) is { } message)
                clients.Add(JsonNode.Parse(Encoding.UTF8.GetString(message.Body.Span))!["clientId"]?.GetValue<string>() ?? "");
            return clients.Contains(south.ClientId);
        }, "the south's registration");
        clients.ShouldNotContain(north.ClientId);

        // whoever asks the broker for more is refused
        await using var second = await clinic.SouthEhr.Connection.CreateChannelAsync();
        (await Should.ThrowAsync<OperationInterruptedException>(() => second.QueueBindAsync(queue, "clinic.events", "#")))
            .ShutdownReason!.ReplyCode.ShouldBe((ushort)403);
    }

    private async Task<Answer> Read(Walk walk, string service, string view, string tenant) =>
        (await clinic.Get(service, $"/clients/{walk.ClientId}/{view}", walk.Therapist with { Tenant = tenant })).Accepted();

    private async Task<string> SessionOf(Walk walk) =>
        (await Read(walk, "session", "sessions", walk.Tenant)).Body.AsArray().ShouldHaveSingleItem()!["status"]!.GetValue<string>();

    private async Task<(string, string)[]> Directives(Walk walk) => [.. (await Read(walk, "consent", "consents", walk.Tenant)).Body["directives"]!.AsArray()
        .Select(d => (d!["directiveId"]!.GetValue<string>(), d["status"]!.GetValue<string>()))];

    private async Task<string[]> TrailOf(Walk walk) => [.. (await clinic.Get("audit", $"/trail?clientId={walk.ClientId}", Person.Auditor(walk.Tenant), "HLEGAL"))
        .Accepted().Body.AsArray().Select(row => row!["type"]!.GetValue<string>())];
}
