using Clinic.Contracts.Messaging;
using Clinic.EventLog;

namespace Clinic.Bench;

/// <summary>An event of about 300 bytes of JSON, as most clinical ones are.</summary>
public sealed record Noted(string ClientId, string SessionId, string Author, string Kind, int Minutes, string[] Codes, string Text);

/// <summary>What is folded: enough to need every event.</summary>
public sealed record Notes(string Id, long Minutes, string Last)
{
    public long Version { get; init; }

    public static Notes Create(Noted e) => new(e.ClientId, e.Minutes, e.Kind);

    public Notes Apply(Noted e) => this with { Minutes = Minutes + e.Minutes, Last = e.Kind };
}

/// <summary>The same events for both sides.</summary>
internal static class Sample
{
    public const string Tenant = "north";
    public static readonly EventTypes Types = new(typeof(Notes));
    public static readonly EventSeal Seal = new(Tests.Stack.Installation, "probe", new MacKey("k1", new byte[32]));

    public static Noted Event(long n) => new(
        $"client-{n % 5000:x8}", $"session-{n:x12}", "therapist-17", "progress-note", (int)(n % 50), ["F32.1", "Z63.0"],
        "Sleep has become better since the last session; the exercise was done on five of seven days. Next: the list of avoided places.");

    public static EventMetadata Metadata => new("therapist-17", DateTimeOffset.UtcNow, "conversation-1", "command-1", Headers);

    private static readonly Dictionary<string, string> Headers = new() { [EventHeaders.Role] = "therapist", [EventHeaders.PurposeOfUse] = "TREAT" };
    private static readonly byte[] BodyHash = new byte[32];

    /// <summary>As the command pipeline asks: with the command's identity, its answer, and event ids that begin with the time (the floor has those, too).</summary>
    public static AppendRequest Request(string stream, long expected, params object[] events)
    {
        var message = Guid.NewGuid().ToString();
        var written = Array.ConvertAll(events, data => new NewEvent(Guid.CreateVersion7(), data));
        return new AppendRequest(Tenant, Metadata, [new StreamWrite(stream, "notes", expected, written)], [],
            new InboxEntry("bench.note.v1", "north.ehr", message, BodyHash, new CommandAccepted(message, stream, expected + events.Length, written[^1].Id)));
    }
}
