using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Clinic.Contracts;
using Clinic.Contracts.Messaging;
using Clinic.Hosting;
using Clinic.Messaging;

namespace Clinic.Tests.Contracts;

/// <summary>The bus as AsyncAPI 3.0, from the contracts and from which commands the services take: docs/asyncapi.yaml.</summary>
internal static class AsyncApi
{
    private const string BindingVersion = "0.3.0";

    public static JsonObject Document()
    {
        var commands = Commands();
        string[] answers = [Name<CommandAccepted>(), Name<CommandRejected>()];
        var republish = Name<RepublishRequested>();
        var checkpoint = Name<LogCheckpoint>();
        var missed = Name<CheckpointsRequested>();
        var (asked, entries) = (Name<EntriesRequested>(), Name<LogEntries>());
        var events = ContractTypes.All.Keys.Except(commands.Overall).Except(answers).Except([republish, checkpoint, missed, asked, entries]).Order(StringComparer.Ordinal).ToArray();
        return new JsonObject
        {
            ["asyncapi"] = "3.0.0",
            ["info"] = new JsonObject
            {
                ["title"] = "Clinic: the bus",
                ["version"] = "v1",
                ["description"] = "What a clinic system, in any language, sends and receives over AMQP 0-9-1. Bodies are plain JSON. The broker checks that "
                    + "user-id is the sender's own name, `{tenant}.{system}`. A command needs a message-id, which recognises a repeat, and a reply-to of its own to be answered."
            },
            ["defaultContentType"] = "application/json",
            ["servers"] = new JsonObject
            {
                ["broker"] = new JsonObject
                {
                    ["host"] = "{host}:5671",
                    ["protocol"] = "amqps",
                    ["protocolVersion"] = "0-9-1",
                    ["variables"] = new JsonObject { ["host"] = new JsonObject { ["description"] = "The deployment's broker." } },
                    ["security"] = new JsonArray(Ref("components/securitySchemes/user"))
                }
            },
            ["channels"] = new JsonObject
            {
                ["events"] = Channel("{tenant}.{service}.{event}", "Every public event and heartbeat. Bind a queue `events.{user}.…` of your own to it.",
                    Exchange(Topology.Events, "topic"), Quorum($"{{consumer}}-from-{{service}}, one per consuming service and producer", singleActiveConsumer: true),
                    events, ("tenant", "The clinic; `_` for heartbeats."), ("service", "Who says it."), ("event", "Its contract name without service and version.")),
                ["commands"] = Channel("{contract}", "Commands; the routing key is the contract's name.", Exchange(Topology.Commands, "topic"),
                    Quorum("{contract}, one per command", singleActiveConsumer: false), commands.OnBus, ("contract", "Name of the message.")),
                ["checkpoints"] = Channel("{service}", "Signed checkpoints of every service's log (C2SP), each with the proof that it continues the one before. Bind a queue `events.{user}.…` of your own to keep them: they are what a rewritten history is found by. Entries of a log come into the queue of the service that asked for them only.",
                    Exchange(Topology.Checkpoints, "topic"), Quorum("{consumer}.checkpoints", singleActiveConsumer: true), [checkpoint, entries], ("service", "Whose log.")),
                ["republish"] = Channel("{producer}", "Asks a producer to publish events again: a service into its ordered queue; a clinic system, for its own tenant and in tenant sequences, into a queue of its own that reply_to names.",
                    Exchange(Topology.Republish, "direct"), Quorum("{producer}.republish", singleActiveConsumer: false), [republish, missed, asked], ("producer", "Whose events.")),
                ["replies"] = Channel("reply.{user}.{name}", "The sender's own reply queue: the only place an answer is sent to.", new JsonObject
                {
                    ["is"] = "queue",
                    ["queue"] = new JsonObject { ["name"] = "reply.{user}.{name}", ["durable"] = true, ["exclusive"] = false, ["autoDelete"] = false, ["vhost"] = "/" },
                    ["bindingVersion"] = BindingVersion
                }, null, answers, ("user", "The sender, `{tenant}.{system}`."), ("name", "Any."))
            },
            ["operations"] = new JsonObject
            {
                ["receiveEvents"] = Operation("receive", "events", "Receives what happened, in order per service and exactly as published."),
                ["receiveCheckpoints"] = Operation("receive", "checkpoints", "Receives what each log has become, to keep and compare."),
                ["sendCommand"] = SendCommand(),
                ["askForEventsAgain"] = Operation("send", "republish", "Asks for missed events.")
            },
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject { ["user"] = new JsonObject { ["type"] = "userPassword" } },
                ["correlationIds"] = new JsonObject
                {
                    ["conversation"] = new JsonObject { ["description"] = "The conversation an event belongs to.", ["location"] = "$message.header#/cloudEvents_correlationid" },
                    ["command"] = new JsonObject { ["description"] = "The message-id of the command that is answered.", ["location"] = "$message.payload#/id" }
                },
                ["messages"] = new JsonObject(ContractTypes.All.Keys.Where(name => !commands.Overall.Contains(name) || commands.OnBus.Contains(name))
                    .Order(StringComparer.Ordinal).Select(name => KeyValuePair.Create(name, (JsonNode?)Message(name, commands.OnBus.Contains(name), answers.Contains(name))))),
                ["schemas"] = new JsonObject
                {
                    ["eventHeaders"] = Headers(EventHeaders, required: 10),
                    ["messageHeaders"] = Headers(EventHeaders[..5], required: 5),
                    ["commandHeaders"] = Strings([("cloudEvents_traceparent", "W3C trace context: the command's spans join this trace."),
                        ("traceparent", "The same, as instrumented AMQP clients write it.")], required: 0)
                }
            }
        };
    }

    /// <summary>Commands there are at all, and those a service also takes from the bus.</summary>
    private static (HashSet<string> Overall, string[] OnBus) Commands()
    {
        var operations = Published.Services.SelectMany(service => JsonNode.Parse(Published.OpenApi(service))!["paths"]!.AsObject())
            .Where(path => path.Key.StartsWith("/commands/", StringComparison.Ordinal)).Select(path => path.Value!["post"]!).ToArray();
        return ([.. operations.Select(o => o["operationId"]!.GetValue<string>())],
            [.. operations.Select(o => o["x-amqp-queue"]?.GetValue<string>()).OfType<string>().Order(StringComparer.Ordinal)]);
    }

    private static readonly (string, string)[] EventHeaders =
    [
        ("specversion", "1.0"), ("id", "The event's id, also the message-id."), ("source", "/clinic/{service}"), ("type", "The contract's name."),
        ("time", "RFC 3339, UTC."), ("subject", "The stream."), ("tenant", "The clinic."), ("sequence", "Dense per producer, from 1."),
        ("tenantsequence", "Dense per producer and tenant, from 1."), ("eventhash", "SHA-256 of the stored event, hex."),
        ("partitionkey", "The stream."), ("streamversion", "The event's number in its stream."), ("actor", "Who acted, by pseudonym."),
        ("actorrole", "In which role."), ("onbehalfof", "For whom."), ("purposeofuse", "HL7 v3 ActReason code."), ("correlationid", "The conversation."),
        ("causationid", "The command or event obeyed."), ("traceparent", "W3C trace context in which the event began; never that of a hop.")
    ];

    private static JsonObject Headers((string Name, string Description)[] headers, int required) =>
        Strings([.. headers.Select(h => ("cloudEvents_" + h.Name, h.Description))], required);

    private static JsonObject Strings((string Name, string Description)[] members, int required)
    {
        var schema = new JsonObject { ["type"] = "object" };
        if (required > 0) schema["required"] = new JsonArray([.. members.Take(required).Select(m => (JsonNode)m.Name)]);
        schema["properties"] = new JsonObject(members.Select(m =>
            KeyValuePair.Create(m.Name, (JsonNode?)new JsonObject { ["type"] = "string", ["description"] = m.Description })));
        return schema;
    }

    private static JsonObject Channel(string address, string description, JsonObject binding, JsonObject? rabbit, string[] messages, params (string Name, string Text)[] parameters)
    {
        var channel = new JsonObject
        {
            ["address"] = address,
            ["description"] = description,
            ["parameters"] = new JsonObject(parameters.Select(p => KeyValuePair.Create(p.Name, (JsonNode?)new JsonObject { ["description"] = p.Text }))),
            ["messages"] = new JsonObject(messages.Select(name => KeyValuePair.Create(name, (JsonNode?)Ref("components/messages/" + name)))),
            ["bindings"] = new JsonObject { ["amqp"] = binding }
        };
        if (rabbit is not null) channel["x-rabbitmq"] = rabbit;
        return channel;
    }

    private static JsonObject Exchange(string name, string type) => new()
    {
        ["is"] = "routingKey",
        ["exchange"] = new JsonObject { ["name"] = name, ["type"] = type, ["durable"] = true, ["autoDelete"] = false, ["vhost"] = "/" },
        ["bindingVersion"] = BindingVersion
    };

    /// <summary>The AMQP binding forbids fields of one's own; these facts stand beside it.</summary>
    private static JsonObject Quorum(string queue, bool singleActiveConsumer) =>
        new() { ["serviceQueue"] = queue, ["queueType"] = "quorum", ["singleActiveConsumer"] = singleActiveConsumer };

    private static JsonObject Operation(string action, string channel, string summary) =>
        new() { ["action"] = action, ["channel"] = Ref("channels/" + channel), ["summary"] = summary };

    private static JsonObject SendCommand()
    {
        var send = Operation("send", "commands", "Sends a command; its answer is stored with its effect and comes to the reply queue.");
        send["bindings"] = new JsonObject { ["amqp"] = new JsonObject { ["deliveryMode"] = 2, ["mandatory"] = true, ["bindingVersion"] = BindingVersion } };
        send["reply"] = new JsonObject
        {
            ["address"] = new JsonObject { ["description"] = "The AMQP property reply-to.", ["location"] = "$message.header#/replyTo" },
            ["channel"] = Ref("channels/replies")
        };
        return send;
    }

    private static JsonObject Message(string name, bool command, bool answer)
    {
        var type = ContractTypes.Find(name)!;
        var isEvent = !command && type.Namespace != typeof(Heartbeat).Namespace;
        var message = new JsonObject
        {
            ["name"] = name,
            ["title"] = type.Name,
            ["summary"] = ContractDocs.Of(type),
            ["contentType"] = "application/json",
            ["headers"] = Ref("components/schemas/" + (command ? "commandHeaders" : isEvent ? "eventHeaders" : "messageHeaders")),
            ["payload"] = Payload(type, strict: command),
            ["bindings"] = new JsonObject { ["amqp"] = new JsonObject { ["messageType"] = name, ["bindingVersion"] = BindingVersion } }
        };
        if (isEvent || answer) message["correlationId"] = Ref("components/correlationIds/" + (isEvent ? "conversation" : "command"));
        if (isEvent) message["x-routing-key"] = Topology.RoutingKey("{tenant}", Published.Services.FirstOrDefault(s => name.StartsWith(s + ".", StringComparison.Ordinal)) ?? "{service}", name);
        return message;
    }

    private static JsonNode Payload(Type type, bool strict) => ContractJson.Options.GetJsonSchemaAsNode(type, new JsonSchemaExporterOptions
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = (context, node) =>
        {
            if (node is not JsonObject schema) return node;
            // we refuse members we do not know; who reads our events must let new ones pass
            if (!strict) schema.Remove("additionalProperties");
            if (context.PropertyInfo is { } member && ContractDocs.Of(member.DeclaringType, member.Name) is { } text) schema["description"] = text;
            return schema;
        }
    });

    private static JsonObject Ref(string to) => new() { ["$ref"] = "#/" + to };

    private static string Name<T>() => ContractTypes.NameOf(typeof(T));
}
