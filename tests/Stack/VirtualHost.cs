using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Clinic.Messaging;
using RabbitMQ.Client;

namespace Clinic.Tests;

/// <summary>
/// A virtual host of its own, with the exchanges, policies and permissions of <c>definitions.json</c>: a right that is missing
/// there is missing here. Deleted when it is disposed, with everything in it.
/// </summary>
public sealed class VirtualHost : IAsyncDisposable
{
    private readonly HttpClient management;
    private readonly int port;
    private readonly Func<string, string> secret;

    private VirtualHost(HttpClient management, int port, Func<string, string> secret) =>
        (this.management, this.port, this.secret) = (management, port, secret);

    public string Name { get; } = "t-" + Guid.NewGuid().ToString("N");

    /// <summary>The management API, for who has a password.</summary>
    public Uri Management => management.BaseAddress!;

    /// <summary>How a service reaches the broker.</summary>
    public BusSettings Settings(string user) => new("127.0.0.1", port, Name, user, secret("bus-" + user));

    /// <summary>A connection of a clinic system, another service, or <c>admin</c>.</summary>
    public Task<IConnection> Connect(string user) => new ConnectionFactory
    {
        HostName = "127.0.0.1",
        Port = port,
        VirtualHost = Name,
        UserName = user,
        Password = secret("bus-" + user),
        ClientProvidedName = "test-" + user
    }.CreateConnectionAsync();

    /// <summary>Waits for a connection with this client-given name; what it returns makes the broker drop it.</summary>
    public async Task<Func<Task>> FindConnection(string clientProvidedName)
    {
        string? name = null;
        await Eventually.True(async () =>
        {
            var found = (await Get($"/api/vhosts/{Name}/connections"))
                .FirstOrDefault(c => c!["client_properties"]?["connection_name"]?.GetValue<string>() == clientProvidedName);
            name = found?["name"]?.GetValue<string>();
            return name is not null;
        }, $"a connection named {clientProvidedName}");
        return () => Send(HttpMethod.Delete, "/api/connections/" + Uri.EscapeDataString(name!), null);
    }

    /// <summary>Names of all queues.</summary>
    public async Task<string[]> Queues() => [.. (await Get($"/api/queues/{Name}")).Select(queue => queue!["name"]!.GetValue<string>())];

    /// <summary>How many listen to a queue now.</summary>
    public async Task<uint> Consumers(string queue)
    {
        await using var connection = await Connect("admin");
        await using var channel = await connection.CreateChannelAsync();
        return (await channel.QueueDeclarePassiveAsync(queue)).ConsumerCount;
    }

    /// <summary>Whether somebody listens to a queue: only then its bindings stand, and what is sent there is not lost.</summary>
    public async Task<bool> IsHeard(string queue) => (await Queues()).Contains(queue) && await Consumers(queue) > 0;

    /// <summary>Messages in a queue, also those that are out for delivery. Counted by the broker itself, so that it is no guess of seconds ago.</summary>
    public async Task<long> Messages(string queue)
    {
        await using var connection = await Connect("admin");
        await using var channel = await connection.CreateChannelAsync();
        if ((await channel.QueueDeclarePassiveAsync(queue)).MessageCount is var ready and > 0) return ready;
        var seen = (await management.GetFromJsonAsync<JsonObject>($"/api/queues/{Name}/{queue}"))!;
        return seen["messages_unacknowledged"]?.GetValue<long>() ?? 0;
    }

    /// <summary>The policy that applies to a queue.</summary>
    public async Task<string?> Policy(string queue) =>
        (await management.GetFromJsonAsync<JsonObject>($"/api/queues/{Name}/{queue}"))!["policy"]?.GetValue<string>();

    internal static async Task<VirtualHost> Create(Uri managementUri, int port, Func<string, string> secret)
    {
        var client = new HttpClient { BaseAddress = new Uri(managementUri.GetLeftPart(UriPartial.Authority).Replace(managementUri.UserInfo + "@", "", StringComparison.Ordinal)) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(managementUri.UserInfo))));
        var host = new VirtualHost(client, port, secret);
        var definitions = JsonNode.Parse(secret("definitions.json"))!;
        await host.Send(HttpMethod.Put, $"/api/vhosts/{host.Name}", new JsonObject());
        foreach (var entry in definitions["permissions"]!.AsArray())
            await host.Send(HttpMethod.Put, $"/api/permissions/{host.Name}/{entry!["user"]}", Only(entry, "configure", "write", "read"));
        foreach (var entry in definitions["topic_permissions"]!.AsArray())
            await host.Send(HttpMethod.Put, $"/api/topic-permissions/{host.Name}/{entry!["user"]}", Only(entry, "exchange", "write", "read"));
        foreach (var entry in definitions["exchanges"]!.AsArray())
            await host.Send(HttpMethod.Put, $"/api/exchanges/{host.Name}/{entry!["name"]}", Only(entry, "type", "durable", "auto_delete", "internal", "arguments"));
        foreach (var entry in definitions["queues"]!.AsArray())
            await host.Send(HttpMethod.Put, $"/api/queues/{host.Name}/{entry!["name"]}", Only(entry, "durable", "auto_delete", "arguments"));
        foreach (var entry in definitions["bindings"]!.AsArray())
            await host.Send(HttpMethod.Post, $"/api/bindings/{host.Name}/e/{entry!["source"]}/q/{entry["destination"]}", Only(entry, "routing_key", "arguments"));
        foreach (var entry in definitions["policies"]!.AsArray())
            await host.Send(HttpMethod.Put, $"/api/policies/{host.Name}/{entry!["name"]}", Only(entry, "pattern", "apply-to", "priority", "definition"));
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        await Send(HttpMethod.Delete, $"/api/vhosts/{Name}", null);
        management.Dispose();
    }

    private static JsonObject Only(JsonNode entry, params string[] members)
    {
        var copy = new JsonObject();
        foreach (var member in members) copy[member] = entry[member]?.DeepClone();
        return copy;
    }

    private async Task<JsonArray> Get(string path) => (await management.GetFromJsonAsync<JsonArray>(path))!;

    private async Task Send(HttpMethod method, string path, JsonObject? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await management.SendAsync(request);
        if (response.StatusCode is not (HttpStatusCode.Created or HttpStatusCode.NoContent or HttpStatusCode.OK))
            throw new InvalidOperationException($"{method} {path}: {response.StatusCode} {await response.Content.ReadAsStringAsync()}");
    }
}
