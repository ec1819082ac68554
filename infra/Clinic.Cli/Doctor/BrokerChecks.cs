using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Clinic.Cli.Tenants;
using Clinic.Messaging;

namespace Clinic.Cli.Doctor;

/// <summary>Compares the broker with what its definitions and the services declare.</summary>
public static class BrokerChecks
{
    private const int Backlog = 1000;

    public static async Task<IReadOnlyList<Finding>> Run(Management management, BrokerExpectations expected, CancellationToken ct)
    {
        var findings = new List<Finding>();
        async Task Check(string name, Func<Task<(IEnumerable<string> Problems, string Fine)>> look)
        {
            try
            {
                var (problems, fine) = await look();
                findings.Add(Finding.Of("broker", name, [.. problems], fine));
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                findings.Add(new Finding("broker", name, false, $"the management API does not answer: {e.Message}"));
            }
        }

        JsonNode[] queues = [];
        await Check("users", async () => (Users(await management.List("users", ct), expected), ""));
        await Check("permissions", async () => (
            Permissions("permissions", await management.List("vhosts/{vhost}/permissions", ct), expected, "configure", "write", "read")
                .Concat(Permissions("topic_permissions", await management.List("vhosts/{vhost}/topic-permissions", ct), expected, "exchange", "write", "read")), ""));
        await Check("exchanges", async () => (Same("exchange", "name", expected.Defined("exchanges"), await management.List("exchanges/{vhost}", ct), "type", "durable"), ""));
        await Check("policies", async () => (
            Same("policy", "name", expected.Defined("policies"), await management.List("policies/{vhost}", ct), "pattern", "apply-to", "priority", "definition"), ""));
        await Check("queues", async () =>
        {
            queues = await management.List("queues/{vhost}", ct);
            return (expected.Queues.SelectMany(queue => Queue(queue, queues)).Concat(Unknown(expected, queues)), $"{expected.Queues.Count} as expected");
        });
        await Check("consumers", () => Task.FromResult((Unread(expected, queues), "")));
        await Check("bindings", async () => (Unbound(expected, await management.List("bindings/{vhost}", ct)), ""));
        await Check("backlog", () => Task.FromResult((queues.Where(q => Count(q, "messages") > Backlog && Text(q, "name") != Topology.DeadLetters)
            .Select(q => $"{Count(q, "messages")} messages wait in {Text(q, "name")}"), "")));
        await Check("dead letters", () => Task.FromResult((queues.Where(q => Text(q, "name") == Topology.DeadLetters && Count(q, "messages") > 0)
            .Select(q => $"{Count(q, "messages")}; see clinic dead-letters list"), "none")));
        return findings;
    }

    private static IEnumerable<string> Users(JsonNode[] users, BrokerExpectations expected)
    {
        var defined = expected.Defined("users").ToDictionary(user => Text(user, "name"), user => Text(user, "tags"));
        foreach (var missing in defined.Keys.Except(users.Select(user => Text(user, "name")))) yield return $"{missing} is missing";
        foreach (var user in users)
        {
            // a list since RabbitMQ 3.9, a text before
            var (name, tags) = (Text(user, "name"), user["tags"] is JsonArray list ? string.Join(',', list) : Text(user, "tags"));
            if (!defined.TryGetValue(name, out var wanted) && !ClinicSystem.TryParse(name, out _)) yield return $"{name} is not one of ours";
            else if (tags != (wanted ?? "")) yield return $"{name} has the tags '{tags}'";
        }
    }

    private static IEnumerable<string> Permissions(string what, JsonNode[] found, BrokerExpectations expected, params string[] members)
    {
        // clinic systems that were added have the rights of those in the definitions
        var added = found.Select(node => Text(node, "user")).Distinct().Select(user => ClinicSystem.TryParse(user, out var system) ? system : null)
            .OfType<ClinicSystem>().SelectMany(system => system.Entries(expected.Definitions, what));
        // who has rights on several exchanges has an entry for each
        static string Whose(JsonNode entry) => entry["exchange"] is { } exchange ? $"{Text(entry, "user")} on {exchange}" : Text(entry, "user");
        return Same(what.TrimEnd('s').Replace('_', ' ') + " of", Whose, expected.Defined(what).Concat(added).DistinctBy(Whose), found, members);
    }

    private static IEnumerable<string> Same(string what, string key, IEnumerable<JsonNode> wanted, JsonNode[] found, params string[] members) =>
        Same(what, node => Text(node, key), wanted, found, members);

    private static IEnumerable<string> Same(string what, Func<JsonNode, string> key, IEnumerable<JsonNode> wanted, JsonNode[] found, params string[] members) =>
        from entry in wanted
        let there = found.FirstOrDefault(node => key(node) == key(entry))
        let differing = members.Where(member => !JsonNode.DeepEquals(there?[member], entry[member])).ToArray()
        where differing.Length > 0
        select there is null ? $"{what} {key(entry)} is missing" : $"{what} {key(entry)} differs in {string.Join(", ", differing)}";

    private static IEnumerable<string> Queue(ExpectedQueue expected, JsonNode[] queues)
    {
        if (queues.FirstOrDefault(q => Text(q, "name") == expected.Name) is not { } queue) yield return $"{expected.Name} is missing";
        else
        {
            if (Text(queue, "type") != "quorum") yield return $"{expected.Name} is not a quorum queue";
            if (expected.Ordered && queue["arguments"]?["x-single-active-consumer"]?.GetValue<bool>() != true) yield return $"{expected.Name} lets several consume at once";
            if (queue["members"] is JsonArray members && queue["online"] is JsonArray online && online.Count < members.Count)
                yield return $"{expected.Name} has {online.Count} of {members.Count} members";
        }
    }

    private static IEnumerable<string> Unknown(BrokerExpectations expected, JsonNode[] queues)
    {
        var ours = new Regex($"^({string.Join('|', Installed.Services)})[-.]");
        return queues.Select(q => Text(q, "name")).Where(name => ours.IsMatch(name) && expected.Queues.All(q => q.Name != name)).Select(name => $"{name} is not known to this version");
    }

    private static IEnumerable<string> Unread(BrokerExpectations expected, JsonNode[] queues) =>
        expected.Queues.Where(e => e.Consumed && queues.Any(q => Text(q, "name") == e.Name && Count(q, "consumers") == 0)).Select(e => $"nobody reads {e.Name}");

    private static IEnumerable<string> Unbound(BrokerExpectations expected, JsonNode[] bindings)
    {
        bool Bound(string source, string destination, string key, string type) => bindings.Any(b => Text(b, "source") == source
            && Text(b, "destination") == destination && Text(b, "destination_type") == type && Text(b, "routing_key") == key);
        foreach (var queue in expected.Queues)
            if (!Bound(queue.Exchange, queue.Name, queue.Key, "queue")
                && !(Bound(queue.Exchange, queue.Name, queue.Key, "exchange") && Bound(queue.Name, queue.Name, "", "queue")))
                yield return $"{queue.Name} is not bound to {queue.Exchange} with {queue.Key}";
        foreach (var b in expected.Defined("bindings"))
            if (!Bound(Text(b, "source"), Text(b, "destination"), Text(b, "routing_key"), Text(b, "destination_type")))
                yield return $"{Text(b, "destination")} is not bound to {Text(b, "source")}";
    }

    private static string Text(JsonNode? node, string member) => node?[member]?.GetValue<string>() ?? "";

    // absent until the broker has counted for the first time
    private static long Count(JsonNode node, string member) => node[member]?.GetValue<long>() ?? 0;
}
