using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Clinic.Contracts;

namespace Clinic.Tests.Contracts;

/// <summary>docs/asyncapi.yaml is what the contracts are, keeps what was released, and is AsyncAPI 3.0.</summary>
public sealed partial class AsyncApiDocument
{
    private static readonly JsonObject Document = AsyncApi.Document();

    [Fact]
    public void is_committed_as_the_contracts_are() => Published.MustEqual("docs/asyncapi.yaml",
        "# Generated from the contracts by `make contracts`; a test compares it with them.\n" + Yaml.Write(Document));

    [Fact]
    public void breaks_nothing_released()
    {
        if (Published.Releasing) Published.Release("asyncapi", Document);
        Breaking.AsyncApi(Published.Released("asyncapi"), Document).ShouldBeEmpty();
    }

    [Fact]
    public void a_member_or_message_taken_away_would_be_noticed()
    {
        var changed = (JsonObject)Document.DeepClone();
        var messages = changed["components"]!["messages"]!.AsObject();
        messages["consent.granted.v1"]!["payload"]!["properties"]!.AsObject().Remove("scopes");
        messages["consent.grant-consent.v1"]!["payload"]!["required"]!.AsArray().Add("expiresAt");
        messages["session.started.v1"]!["headers"]!["$ref"] = "#/components/schemas/commandHeaders";
        messages.Remove("consent.withdrawn.v1");
        changed["channels"]!["events"]!["address"] = "{event}";
        var breaks = Breaking.AsyncApi(Document, changed);
        foreach (var expected in new[] { "consent.granted.v1.scopes is gone", "consent.grant-consent.v1.expiresAt is required now",
                     "session.started.v1 headers.cloudEvents_id is gone", "consent.withdrawn.v1 is gone", "channel events has another address or binding" })
            breaks.ShouldContain(expected);
    }

    [Fact]
    public void names_every_contract_that_travels()
    {
        var messages = Document["components"]!["messages"]!.AsObject();
        // commands that are taken over HTTP only have no place on the bus
        var http = Published.Services.SelectMany(s => JsonNode.Parse(Published.OpenApi(s))!["paths"]!.AsObject()).Select(path => path.Key).ToHashSet();
        ContractTypes.All.Keys.Except(messages.Select(m => m.Key)).Where(name => !http.Contains("/commands/" + name)).ShouldBeEmpty();
        messages["consent.granted.v1"]!["payload"]!["required"]!.AsArray().Count.ShouldBe(7);
        messages["consent.granted.v1"]!["payload"]!["additionalProperties"].ShouldBeNull();
        messages["consent.grant-consent.v1"]!["payload"]!["additionalProperties"]!.GetValue<bool>().ShouldBeFalse();
        messages["consent.granted.v1"]!["x-routing-key"]!.GetValue<string>().ShouldBe("{tenant}.consent.granted");
    }

    [Fact]
    public void every_reference_leads_somewhere() =>
        Pointer.All(Document).Where(reference => Pointer.Find(Document, reference) is null).ShouldBeEmpty();

    [Fact]
    public void is_asyncapi_3()
    {
        Document["asyncapi"]!.GetValue<string>().ShouldBe("3.0.0");
        Has(Document["info"]!, "title", "version");
        foreach (var (_, server) in Document["servers"]!.AsObject()) Has(server!, "host", "protocol");
        foreach (var group in Document["components"]!.AsObject()) Keys(group.Value!);
        foreach (var part in new[] { "channels", "operations", "servers" }) Keys(Document[part]!);

        foreach (var (name, channel) in Document["channels"]!.AsObject())
        {
            // parameters are exactly the expressions of the address
            Expression().Matches(channel!["address"]!.GetValue<string>()).Select(m => m.Groups[1].Value)
                .ShouldBe(channel["parameters"]!.AsObject().Select(p => p.Key), ignoreOrder: true, name);
            Keys(channel["messages"]!);
            var amqp = channel["bindings"]!["amqp"]!;
            Only(amqp, "is", "exchange", "queue", "bindingVersion");
            amqp["is"]!.GetValue<string>().ShouldBeOneOf("routingKey", "queue");
            if (amqp["exchange"] is { } exchange)
            {
                Only(exchange, "name", "type", "durable", "autoDelete", "vhost");
                exchange["type"]!.GetValue<string>().ShouldBeOneOf("topic", "direct", "fanout", "default", "headers");
            }
            if (amqp["queue"] is { } queue) Only(queue, "name", "durable", "exclusive", "autoDelete", "vhost");
            amqp["bindingVersion"]!.GetValue<string>().ShouldBe("0.3.0");
        }
        foreach (var (_, operation) in Document["operations"]!.AsObject())
        {
            Has(operation!, "action", "channel");
            operation!["action"]!.GetValue<string>().ShouldBeOneOf("send", "receive");
            operation["channel"]!["$ref"]!.GetValue<string>().ShouldStartWith("#/channels/");
        }
        foreach (var (name, message) in Document["components"]!["messages"]!.AsObject())
        {
            Has(message!, "name", "contentType", "headers", "payload", "summary");
            message!["name"]!.GetValue<string>().ShouldBe(name);
            Pointer.Find(Document, message["headers"]!["$ref"]!.GetValue<string>())!["type"]!.GetValue<string>().ShouldBe("object");
            message["payload"]!["type"]!.GetValue<string>().ShouldBe("object");
        }
        foreach (var (_, id) in Document["components"]!["correlationIds"]!.AsObject()) id!["location"]!.GetValue<string>().ShouldMatch(@"^\$message\.(header|payload)#/");
        // ids must be unique over the whole document, and a title of a message is how tools call its type
        var titles = Document["components"]!["messages"]!.AsObject().Select(m => m.Value!["title"]!.GetValue<string>()).ToArray();
        titles.ShouldBeUnique();
    }

    private static void Has(JsonNode node, params string[] members) => members.Where(member => node[member] is null).ShouldBeEmpty(node.GetPath());

    private static void Only(JsonNode node, params string[] members) => node.AsObject().Select(p => p.Key).Except(members).ShouldBeEmpty(node.GetPath());

    private static void Keys(JsonNode map) => map.AsObject().Select(p => p.Key).ShouldAllBe(key => Key().IsMatch(key), map.GetPath());

    [GeneratedRegex(@"\A[a-zA-Z0-9.\-_]+\z")]
    private static partial Regex Key();

    [GeneratedRegex(@"\{([^}]+)\}")]
    private static partial Regex Expression();
}
