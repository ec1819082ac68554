using System.Text.Json.Nodes;

namespace Clinic.Contracts;

/// <summary>
/// Reads an event stored under an earlier name as what it is called, or looks like, now. Stored events never change: this is
/// applied whenever one is read. Steps chain (v1 to v2, v2 to v3), so a step once released is never touched again.
/// Declared beside the state that folds the event, as <c>public static class …Upcasters</c>.
/// </summary>
/// <param name="From">The earlier stored name, for example <c>payment_taken</c>.</param>
/// <param name="To">The stored name after this step: another step's <paramref name="From"/>, or a current event type's.</param>
/// <param name="Convert">The event's JSON after this step; may change and return its argument.</param>
public sealed record Upcaster(string From, string To, Func<JsonObject, JsonObject> Convert)
{
    /// <summary>The class was renamed; what is stored in it did not change.</summary>
    public static Upcaster Renamed(string from, string to) => new(from, to, static data => data);
}
