using System.Collections.Concurrent;
using Clinic.Cli.Tokens;

namespace Clinic.Cli.Simulate;

/// <summary>Sends commands and keeps account of what was acknowledged.</summary>
/// <param name="run">Makes every command's id this run's own.</param>
internal sealed class Deeds(Door http, BusDoor bus, string run)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    /// <summary>
    /// A service decides on its own copies of others' facts: while these may be on their way, a refusal is not the last word. Two
    /// instances of one fact, such as a therapist who is in another session, pass as well.
    /// </summary>
    private static readonly HashSet<string> NotYet =
    [
        "subject_not_linked", "not_found", "client_unknown", "consent_missing", "modality_consent_missing", "suitability_missing", "identity_insufficient",
        "licence_missing", "platform_not_approved", "gate_failed", "facts_stale", "conflict", "practitioner_in_session", "access_stale"
    ];

    private int numbers, twice;

    public ConcurrentDictionary<string, int> Acknowledged { get; } = new();

    public ConcurrentDictionary<string, int> Refused { get; } = new();

    public ConcurrentQueue<Effect> Effects { get; } = new();

    /// <summary>What should not have come.</summary>
    public ConcurrentQueue<string> Wrong { get; } = new();

    /// <summary>How many commands were sent again after their answer.</summary>
    public int Twice => twice;

    /// <summary>Sends a command until it is acknowledged, with a new id each time: the answer to an old one never changes.</summary>
    /// <param name="by">Who, over HTTP; null over the bus, as the clinic's own system.</param>
    /// <param name="effect">What it must have caused.</param>
    /// <param name="again">Sends it a second time when it was acknowledged, which must have no effect and get the same answer.</param>
    /// <exception cref="IOException">It was refused for good.</exception>
    public async Task Do(string contract, object body, Caller? by, Effect? effect, CancellationToken ct, bool again = false)
    {
        if (await Try(contract, body, by, effect, ct, again) is { } code) throw new IOException($"{contract} was refused: {code}");
    }

    /// <summary>The same, and a refusal that stays is the answer.</summary>
    /// <returns>Its code; null when it was acknowledged.</returns>
    public async Task<string?> Try(string contract, object body, Caller? by, Effect? effect, CancellationToken ct, bool again = false)
    {
        for (var until = DateTime.UtcNow + Patience; ; await Task.Delay(Pause, ct))
        {
            var id = $"{run}-{Interlocked.Increment(ref numbers)}";
            Task<Reply> Send() => by is null ? bus.Command(contract, body, id, ct) : http.Post(contract, body, by, id, ct);
            var reply = await Send();
            if (!reply.Accepted)
            {
                Refused.AddOrUpdate(reply.Code!, 1, (_, n) => n + 1);
                if (!NotYet.Contains(reply.Code!) || DateTime.UtcNow > until) return reply.Code;
                continue;
            }
            Acknowledged.AddOrUpdate(contract, 1, (_, n) => n + 1);
            if (effect is not null) Effects.Enqueue(effect);
            if (again)
            {
                Interlocked.Increment(ref twice);
                var second = await Send();
                if (second.Text != reply.Text) Wrong.Enqueue($"{contract} {id}: answered differently when it came again: {second.Code ?? "accepted"}");
            }
            return null;
        }
    }
}
