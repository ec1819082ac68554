using System.Text.Json.Nodes;
using Clinic.Cli.Tokens;

namespace Clinic.Cli.Simulate;

/// <summary>Looks for one client's acknowledged commands on the bus, in audit's trail and in the read models.</summary>
internal sealed class Check(Door http, BusDoor bus, Caller auditor)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private long entries;

    /// <summary>How many public events the trails hold.</summary>
    public long Entries => entries;

    /// <summary>What does not agree. Asks again for a while, because trail and views follow.</summary>
    public async Task<string[]> Client(
        string clientId, Caller client, IReadOnlyCollection<Effect> acknowledged, IReadOnlyDictionary<string, string> sessions, int measures, CancellationToken ct)
    {
        for (var until = DateTime.UtcNow + Patience; ; await Task.Delay(Pause, ct))
        {
            // the bus first: what comes later may be ahead of the trail
            var said = bus.Of(clientId);
            var trail = (await http.List("audit", "/trail?clientId=" + Uri.EscapeDataString(clientId), auditor, "HLEGAL", ct))
                .Select(row => new Seen(Text(row, "eventId"), Text(row, "type"), row["body"]!)).ToList();
            var calendar = (await http.List("session", $"/clients/{clientId}/sessions", client, "PATRQT", ct))
                .ToDictionary(row => Text(row, "sessionId"), row => Text(row, "status"));
            var scores = await http.List("feedback", $"/clients/{clientId}/scores", client, "PATRQT", ct);
            var wrong = Comparison.Of(clientId, acknowledged, said, trail, sessions, calendar, measures, scores.Count);
            if (wrong.Length > 0 && DateTime.UtcNow < until) continue;
            Interlocked.Add(ref entries, trail.Count);
            return wrong;
        }
    }

    private static string Text(JsonNode row, string member) => row[member]!.GetValue<string>();
}
