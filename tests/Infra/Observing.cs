using System.Net;
using System.Text;
using Clinic.Hosting;
using Microsoft.AspNetCore.Builder;
using Npgsql;
using RabbitMQ.Client;

namespace Clinic.Tests.Infra;

/// <summary>Alone, because a listener in this process would listen to every other test's services, too.</summary>
[CollectionDefinition(nameof(Observing), DisableParallelization = true)]
public sealed class ObservingAlone : ICollectionFixture<Observed>;

/// <summary>What a collector gets to see of two services, and what it does not.</summary>
[Collection(nameof(Observing))]
public sealed class Observing(Observed observed)
{
    private const string Driver = "Npgsql";

    [Fact]
    public async Task one_trace_follows_a_command_through_http_database_bus_and_the_next_service()
    {
        (await observed.Post("""{"clientId":"c-http","directiveId":"d"}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        // other requests of this class were refused and go no further, were handled only at a second try, or were written by another's statement
        var request = await Find((s, all) => s is { Kind: Span.Server, Name: "POST /commands/" + Observed.Command, Parent: "" } && Wrote(s, all)
            && all.Any(p => p.Trace == s.Trace && p.Name == "apply consent.refused.v1" && Wrote(p, all)), "a request that came through");
        static bool Wrote(Span by, Span[] all) => all.Any(d => d.Source == Driver && d.Parent == by.Id);
        bool Here(Span s) => s.Trace == request.Trace;

        await Find(s => Here(s) && s.Source == Driver && s.Parent == request.Id, "the database, under the request");
        var published = await Find(s => Here(s) && s.Name == "publish consent.refused.v1", "the relay");
        published.Parent.ShouldBe(request.Id);
        await Find(s => Here(s) && s.Source.StartsWith("RabbitMQ.Client", StringComparison.Ordinal) && s.Parent == published.Id, "the broker's client, under the relay");
        var applied = await Find((s, all) => Here(s) && s.Name == "apply consent.refused.v1" && Wrote(s, all), "the next service, and its database");
        (applied.Parent, applied.Linked).ShouldBe((request.Id, true), "the trace it began in is the parent, the delivery is linked");
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
        await Find(s => s.Trace == trace && s.Source == Driver && s.Parent == command.Id, "its database");
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
    [InlineData("clinic.projection.lag"), InlineData("clinic.alarms"), InlineData("clinic.parked"), InlineData("clinic.gap"), InlineData("clinic.facts.age"), InlineData("http.server.request.duration"), InlineData("db.client.")]
    public async Task metrics_arrive(string name)
    {
        await Identified("""{"clientId":"c-metric","directiveId":"taken"}""");
        await observed.WhileBroken(() => observed.Collector.Raw.Contains(name, StringComparison.Ordinal), name);
    }

    [Fact]
    public async Task the_lag_of_a_view_rises_while_it_is_held_and_falls_when_it_goes_on()
    {
        double Lag() => observed.Collector.Gauge("clinic.projection.lag", "totals") is [.., var last] ? last : double.NaN;
        await observed.Post("""{"clientId":"c-lag","directiveId":"d"}""");
        await Eventually.True(() => Lag() == 0, "a view that has seen everything", 30);

        var server = new NpgsqlConnectionStringBuilder(observed.Consent.Target.SuperuserConnection) { Database = observed.Consent.Settings.Name };
        await using (var holder = new NpgsqlConnection(server.ConnectionString))
        {
            await holder.OpenAsync();
            await using var held = await holder.BeginTransactionAsync();
            await using var hold = new NpgsqlCommand("select from clinic.checkpoint where name = 'totals' for update", holder, held);
            await hold.ExecuteNonQueryAsync();
            for (var n = 0; n < 5; n++) await observed.Post($$"""{"clientId":"c-lag-{{n}}","directiveId":"d"}""");
            await Eventually.True(() => Lag() >= 5, "the lag to rise", 30);
            await held.RollbackAsync();
        }
        await Eventually.True(() => Lag() == 0, "the lag to fall", 30);
    }

    [Fact]
    public async Task a_reaction_that_fails_is_an_error_in_the_trace_of_who_caused_it()
    {
        bool Failed(Span s) => s.Name == "apply consent.refused.v1" && s.Error is not null;
        await observed.WhileBroken(() => observed.Collector.Spans.Any(Failed), "a failed reaction");
        var failed = observed.Collector.Spans.First(Failed);
        failed.Error.ShouldBe(nameof(InvalidOperationException), "the type, and not what it says");
        await Find(s => s.Trace == failed.Trace && s.Kind == Span.Server && s.Id == failed.Parent, "the request it came from");
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
        // a route that nobody has a policy for is nobody's
        foreach (var path in new[] { "/forgotten", "/unnamed" })
        {
            using var forgotten = await observed.Caller.GetAsync(path);
            forgotten.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            (await forgotten.Content.ReadAsStringAsync()).ShouldNotContain("secret");
        }
        await observed.WhileBroken(() => observed.Log.Lines.Any(line => line.Contains("could not be handled", StringComparison.Ordinal)), "the unhandled event");
        await Task.Delay(2000);

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

    private Task<Span> Find(Func<Span, bool> wanted, string what) => Find((span, _) => wanted(span), what);

    private async Task<Span> Find(Func<Span, Span[], bool> wanted, string what)
    {
        Span? found = null;
        await Eventually.True(() => (found = observed.Collector.Spans is var all ? all.FirstOrDefault(span => wanted(span, all)) : null) is not null, what, 30);
        return found!;
    }
}
