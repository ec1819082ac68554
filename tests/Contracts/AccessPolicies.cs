using System.Text;
using System.Text.Json.Nodes;

namespace Clinic.Tests.Contracts;

/// <summary>docs/access.md is what the services' policy tables are, and every door has a row in one.</summary>
public sealed class AccessPolicies
{
    private static readonly string[] Roles = ["client", "peer-supporter", "therapist", "supervisor", "clinic-system", "auditor", "operator"];

    public static TheoryData<string> Services => [.. Published.Services];

    [Fact]
    public void are_committed_as_the_tables_are() => Published.MustEqual("docs/access.md", Document());

    [Theory, MemberData(nameof(Services))]
    public void have_a_row_for_every_route_and_every_queue(string service)
    {
        var table = Published.Access(service);
        var rows = Rows(table).Select(Operation).ToArray();
        Routes(table).Count.ShouldBeGreaterThan(3);
        foreach (var route in Routes(table))
            rows.ShouldContain(route["operation"]?.GetValue<string>(), $"{route["path"]} has no policy row");
        foreach (var queue in Queues(table)) rows.ShouldContain(queue);
        // and no row is about nothing
        var doors = Routes(table).Select(r => r["operation"]!.GetValue<string>()).Concat(Queues(table)).ToArray();
        rows.ShouldAllBe(row => doors.Contains(row));
    }

    [Theory, MemberData(nameof(Services))]
    public void record_every_read_of_a_client_before_it_is_shown(string service)
    {
        var rows = Rows(Published.Access(service)).ToDictionary(Operation);
        foreach (var route in Routes(Published.Access(service)).Where(r => Reads(r) && Operation(r) is not ("health-live" or "health-ready" or "openapi" or "sealing-keys" or "log-checkpoint" or "log-tile" or "event-proof" or "log-consistency" or "crisis-numbers" or "on-call")))
            // a release is recorded by its own rule, and is no person's read
            (Text(rows[Operation(route)], "shows") != "Nothing" || Text(rows[Operation(route)], "reach") == "Release").ShouldBeTrue($"{route["path"]} shows what nobody records");
    }

    [Theory, MemberData(nameof(Services))]
    public void keep_what_needs_a_recent_login_off_the_bus(string service)
    {
        var table = Published.Access(service);
        Rows(table).Where(row => row["needsStepUp"]!.GetValue<bool>()).Select(Operation).Intersect(Queues(table)).ShouldBeEmpty();
    }

    [Fact]
    public void ask_for_a_recent_login_before_anything_leaves() =>
        Rows(Published.Access("consent")).Single(row => Operation(row) == "release-disclosure")["needsStepUp"]!.GetValue<bool>().ShouldBeTrue();

    [Theory, MemberData(nameof(Services))]
    public void are_open_to_everybody_for_health_and_public_keys_only(string service) =>
        Rows(Published.Access(service)).Where(row => Text(row, "reach") == "Open").Select(Operation).ShouldBe(["health-live", "health-ready", "sealing-keys"], ignoreOrder: true);

    private static string Document()
    {
        var text = new StringBuilder("""
            # Who may do what
            Written by `make contracts` from the policy tables in `services/*/Service/Access.cs`; a test fails when it differs, and when a route or queue has no row. What has no row is refused.

            A cell says whose data: **self** only one's own; **of record** clients whose therapist of record the caller is; **its session** the sessions the caller holds; **clinic** the whole of the caller's clinic; **yes** where no single client is concerned. A role without the operation gets 403 whatever it asks for; data of others is 404, the same answer as for what does not exist. Consent decides over disclosures on top of this.

            *Login*: `recent` needs `acr` and an `auth_time` of at most five minutes, else 401 with what is wanted (RFC 9470); such operations are never on the bus. *Recorded*: the event that is committed before the first byte goes out. *Stale*: `done` where the operation goes on although nobody can say whether a relationship still holds; everything else answers 503 then.

            """);
        foreach (var service in Published.Services) Section(text, service);
        return text.ToString().TrimEnd() + "\n";
    }

    private static void Section(StringBuilder text, string service)
    {
        var table = Published.Access(service);
        text.Append($"\n## {service}\n| operation | doors | {string.Join(" | ", Roles)} | login | recorded | stale |\n|{string.Concat(Enumerable.Repeat("---|", Roles.Length + 5))}\n");
        foreach (var row in Rows(table))
        {
            var cells = Roles.Select(role => row["roles"]!.AsArray().Any(r => r!.GetValue<string>() == role) ? Whose(row, role) : "");
            if (Text(row, "reach") == "Open") cells = Roles.Select(_ => "no token");
            if (Text(row, "reach") == "Release") cells = Roles.Select(_ => "");
            text.Append($"| {Operation(row)} | {Doors(table, Operation(row))} | {string.Join(" | ", cells)} | {(row["needsStepUp"]!.GetValue<bool>() ? "recent" : "")} | ")
                .Append(Text(row, "shows") switch { "Record" => "`record.viewed.v1`", "List" => "`records.listed.v1`", _ => Text(row, "reach") == "Release" ? "`record.viewed.v1`, under a signed release" : "" })
                .Append($" | {(row["toleratesStaleFacts"]!.GetValue<bool>() ? "done" : "")} |\n");
        }
    }

    private static string Whose(JsonNode row, string role) => Text(row, "reach") != "Client" ? "yes" : role switch
    {
        "client" => "self",
        "therapist" => "of record",
        "peer-supporter" => row["peersOfTheSession"]!.GetValue<bool>() ? "its session" : "nobody",
        _ => "clinic"
    };

    private static string Doors(JsonNode table, string operation) => string.Join(", ", Routes(table).Where(r => Operation(r) == operation)
        .Select(r => $"{string.Join("/", r["methods"]!.AsArray().Select(m => m!.GetValue<string>()).DefaultIfEmpty("GET"))} `{Text(r, "path")}`").Concat(Queues(table).Contains(operation) ? ["bus"] : []));

    private static bool Reads(JsonNode route) => !route["methods"]!.AsArray().Any(m => m!.GetValue<string>() == "POST");

    private static string Operation(JsonNode node) => Text(node, "operation");

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    private static List<JsonNode> Rows(JsonNode table) => [.. table["rows"]!.AsArray().Select(row => row!)];

    private static List<JsonNode> Routes(JsonNode table) => [.. table["routes"]!.AsArray().Select(row => row!)];

    [Theory, InlineData("intake"), InlineData("consent"), InlineData("session"), InlineData("feedback"), InlineData("audit")]
    public void the_doctor_expects_the_queues_there_are(string service)
    {
        var expected = JsonNode.Parse(File.ReadAllText(Repository.Path("infra", "rabbitmq", "topology.json")))![service]!;
        var table = Published.Access(service);
        Sorted(expected["accepts"]!).ShouldBe(Sorted(table["queues"]!));
        Sorted(expected["follows"]!).ShouldBe(Sorted(table["follows"]!));

        static string[] Sorted(JsonNode names) => [.. names.AsArray().Select(name => name!.GetValue<string>()).Order(StringComparer.Ordinal)];
    }

    private static string[] Queues(JsonNode table) => [.. table["queues"]!.AsArray().Select(queue => queue!.GetValue<string>())];
}
