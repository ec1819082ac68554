using System.Text.Json.Nodes;

namespace Clinic.Cli.Simulate;

/// <summary>The public event that an acknowledged command must have caused, once: of this type, with this member.</summary>
public sealed record Effect(string ClientId, string Type, string Member, string Value)
{
    internal bool Is(Seen seen) => seen.Type == Type && seen[Member] == Value;
}

/// <summary>A public event as somebody saw it.</summary>
public sealed record Seen(string Id, string Type, JsonNode Body)
{
    /// <summary>A member of its body, as text.</summary>
    public string? this[string member] => Body[member]?.ToString();
}

/// <summary>Own account against what others say: nothing may be missing, nothing twice.</summary>
public static class Comparison
{
    /// <param name="bus">What was heard of the client, each event once however often it came.</param>
    /// <param name="trail">What audit recorded.</param>
    /// <param name="sessions">What each session must have become.</param>
    /// <param name="calendar">What the read model shows.</param>
    /// <param name="measures">How many measures were taken.</param>
    /// <param name="scores">How many are shown.</param>
    /// <returns>What does not agree, in words; empty when everything does.</returns>
    public static string[] Of(
        string clientId, IReadOnlyCollection<Effect> acknowledged, IReadOnlyCollection<Seen> bus, IReadOnlyCollection<Seen> trail,
        IReadOnlyDictionary<string, string> sessions, IReadOnlyDictionary<string, string> calendar, int measures, int scores)
    {
        var wrong = new List<string>();
        foreach (var effect in acknowledged)
        {
            Once(effect, bus.Count(effect.Is), "what the bus said");
            Once(effect, trail.Count(effect.Is), "the trail");
        }
        var recorded = trail.Select(e => e.Id).ToHashSet();
        wrong.AddRange(bus.Where(e => !recorded.Contains(e.Id)).Select(e => $"{clientId}: {e.Type} {e.Id} went over the bus and is not in the trail"));
        foreach (var sessionId in sessions.Keys.Union(calendar.Keys))
            if ((sessions.GetValueOrDefault(sessionId, "never booked"), calendar.GetValueOrDefault(sessionId, "nothing")) is var (own, shown) && own != shown)
                wrong.Add($"{clientId}: session {sessionId} is {own}; its calendar says {shown}");
        if (scores != measures) wrong.Add($"{clientId}: {measures} measures were taken; {scores} scores are shown");
        return [.. wrong];

        void Once(Effect effect, int count, string where)
        {
            if (count != 1) wrong.Add($"{clientId}: {effect.Type} with {effect.Member} {effect.Value} is {count} times in {where}");
        }
    }
}
