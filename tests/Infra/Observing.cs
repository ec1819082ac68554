using System.Net;
using System.Text;
using Clinic.Hosting;
using Microsoft.AspNetCore.Builder;
using RabbitMQ.Client;

namespace Clinic.Tests.Infra;

/// <summary>Alone, because a listener in this process would listen to every other test's services, too.</summary>
[CollectionDefinition(nameof(Observing), DisableParallelization = true)]
public sealed class ObservingAlone : ICollectionFixture<Observed>;

/// <summary>What a collector gets to see of two services, and what it does not.</summary>
[Collection(nameof(Observing))]
public sealed class Observing(Observed observed)
{
    private const string Npgsql = "Npgsql";

    [Fact]
    public async Task one_trace_follows_a_command_through_http_database_bus_and_the_next_service()
    {
        (await observed.Post("""{"clientId":"c-http","directiveId":"d"}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        // other requests of this class were refused and go no further
        var request = await Find(s => s is { Kind: Span.Server, Name: "POST /commands/" + Observed.Command, Parent: "" }
            && observed.Collector.Spans.Any(p => p.Trace == s.Trace && p.Name == "apply consent.refused.v1"), "a request that came through");
        bool Here(Span s) => s.Trace == request.Trace;

        await Find(s => Here(s) && s.Source == Npgsql && s.Parent == request.Id, "the database, under the request");
        var published = await Find(s => Here(s) && s.Name == "publish consent.refused.v1", "the relay");
        published.Parent.ShouldBe(request.Id);
        await Find(s => Here(s) && s.Source.StartsWith("RabbitMQ.Client", StringComparison.Ordinal) && s.Parent == published.Id, "the broker's client, under the relay");
        var applied = await Find(s => Here(s) && s.Name == "apply consent.refused.v1", "the next service");
        (applied.Parent, applied.Linked).ShouldBe((request.Id, true), "the trace it began in is the parent, the delivery is linked");
        await Find(s => Here(s) && s.Source == Npgsql && s.Parent == applied.Id, "the next service's database");
        var further = await Find(s => Here(s) && s.Name == "publish record.viewed.v1", "what the next service says itself");
        further.Parent.ShouldBe(applied.Id);
    }

    [Fact]
    public async Task a_command_from_the_bus_joins_its_senders_trace()
    {
        const string trace = "0af7651916cd43dd8448eb211c80319c", parent = "b7ad6b7169203331";
        await using var connection = await observed.Bus.Connect("north.ehr");
        await using var channel = await connection.CreateChannelAsync();
        await channel.BasicPublishAsync("clinic.commands", Observed.Command, mandatory: true, new BasicProperties
        {
            MessageId = Guid.NewGuid().ToString(),
            UserId = "north.ehr",
            Headers = new Dictionary<string, object?> { ["cloudEvents_traceparent"] = $"00-{trace}-{parent}-01" }
        }, Encoding.UTF8.GetBytes("""{"clientId":"c-amqp","directiveId":"d"}"""));

        var command = await Find(s => s.Trace == trace && s.Name == "command " + Observed.Command, "the command");
        command.Linked.ShouldBeTrue();
        await Find(s => s.Trace == trace && s.Source == Npgsql && s.Parent == command.Id, "its database");
        (await Find(s => s.Trace == trace && s.Name == "apply consent.refused.v1", "the next service")).Parent.ShouldBe(command.Id);
    }

    [Fact]
    public async Task polling_and_heartbeats_begin_no_trace()
    {
        await observed.Post("""{"clientId":"c-poll","directiveId":"d"}""");
        await Find(s => s.Kind == Span.Server, "a request");
        await Task.Delay(3000);
        observed.Collector.Spans.Where(s => s.Parent == "" && s.Kind != Span.Server && !s.Name.StartsWith("command ", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("clinic.appends"), InlineData("clinic.append.duration"), InlineData("clinic.refusals"), InlineData("clinic.queue.lag"), InlineData("clinic.relay.lag")]
    [InlineData("clinic.parked"), InlineData("clinic.gap"), InlineData("clinic.facts.age"), InlineData("http.server.request.duration"), InlineData("db.client.")]
    public async Task metrics_arrive(string name)
    {
        await Identified("""{"clientId":"c-metric","directiveId":"taken"}""");
        await Eventually.True(() => observed.Collector.Raw.Contains(name, StringComparison.Ordinal), name, 30);
    }

    [Fact]
    public async Task nothing_personal_is_exported_or_logged()
    {
        observed.Caller.DefaultRequestHeaders.UserAgent.ParseAdd("planted-agent");
        (await observed.Post("""{"clientId":"planted-client","directiveId":"planted-directive"}""", "?q=planted-query")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await observed.Post("""{"clientId":"planted-client","directiveId":["planted-malformed"]}""")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Identified("""{"clientId":"planted-client","directiveId":"taken"}""")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await observed.Post("""{"clientId":"planted-client","directiveId":"broken"}""")).StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await observed.Post("""{"clientId":"planted-client","directiveId":"NUL \u0000 planted-nul"}""")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await observed.Caller.GetAsync("/clients/planted-client/nowhere?asOf=planted-query")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        observed.ReactionFails = true;
        // a route that nobody has a policy for is nobody's
        foreach (var path in new[] { "/forgotten", "/unnamed" })
        {
            using var forgotten = await observed.Caller.GetAsync(path);
            forgotten.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            (await forgotten.Content.ReadAsStringAsync()).ShouldNotContain("secret");
        }
        (await observed.Post("""{"clientId":"planted-unhandled","directiveId":"d"}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await Eventually.True(() => observed.Log.Lines.Any(line => line.Contains("could not be handled", StringComparison.Ordinal)), "the unhandled event");
        await Task.Delay(2000);
        observed.ReactionFails = false;

        observed.Log.Lines.Where(line => line.Contains("planted", StringComparison.Ordinal)).ShouldBeEmpty();
        var at = observed.Collector.Raw.IndexOf("planted", StringComparison.Ordinal);
        (at < 0 ? "" : observed.Collector.Raw[Math.Max(0, at - 200)..(at + 60)]).ShouldBeEmpty();
    }

    [Fact]
    public void without_an_endpoint_nothing_of_it_exists()
    {
        var builder = WebApplication.CreateBuilder();
        var before = builder.Services.Count;
        builder.AddClinicTelemetry("consent");
        builder.Services.Count.ShouldBe(before);
        builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:1";
        builder.AddClinicTelemetry("consent");
        builder.Services.Count.ShouldBeGreaterThan(before);
    }

    private async Task<HttpResponseMessage> Identified(string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/commands/" + Observed.Command) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", "planted-key-" + Guid.NewGuid());
        return await observed.Caller.SendAsync(request);
    }

    private async Task<Span> Find(Func<Span, bool> wanted, string what)
    {
        await Eventually.True(() => observed.Collector.Spans.Any(wanted), what, 30);
        return observed.Collector.Spans.First(wanted);
    }
}
