namespace Clinic.Cli.Simulate;

/// <summary>What a run came to.</summary>
/// <param name="Acknowledged">Commands by contract.</param>
/// <param name="Refused">Refusals by code that passed when the command was tried again, or that the way of a client foresees.</param>
/// <param name="Entries">Public events about the clients in the audit trail.</param>
/// <param name="Wrong">What is missing, is there twice, or failed; empty when all is well.</param>
internal sealed record Report(
    string Run, int Clients, int Commands, int SentTwice, SortedDictionary<string, int> Acknowledged, SortedDictionary<string, int> Refused, long Entries, string[] Wrong);

/// <summary>Plays every client's plan, a few at a time, and checks each when it is over.</summary>
internal sealed class Simulation(Cast cast, Door http, BusDoor bus, Action<string> progress)
{
    public async Task<Report> Run(int seed, int clients, int weeks, int lanes, CancellationToken ct)
    {
        var deeds = new Deeds(http, bus, cast.Run);
        var check = new Check(http, bus, cast.Auditor);
        progress($"run {cast.Run}: {clients} clients, {weeks} weeks, seed {seed}");
        await cast.Prepare(deeds, lanes, ct);
        var done = 0;
        await Task.WhenAll(Enumerable.Range(0, lanes).Select(async lane =>
        {
            for (var client = lane; client < clients; client += lanes)
            {
                var played = await Play(Plan.Of(seed, client, weeks), lane, deeds, check, ct);
                progress($"{Interlocked.Increment(ref done)} of {clients}: {played}");
            }
        }));
        return new Report(cast.Run, clients, deeds.Acknowledged.Values.Sum(), deeds.Twice, Sorted(deeds.Acknowledged), Sorted(deeds.Refused), check.Entries, [.. deeds.Wrong]);
    }

    /// <returns>What became of the client, in a line.</returns>
    private async Task<string> Play(Plan plan, int lane, Deeds deeds, Check check, CancellationToken ct)
    {
        var clientId = cast.Client(plan.Client);
        try
        {
            var way = new Weeks(cast, plan, lane, deeds, bus, http);
            var care = await Entering.Play(cast, plan, lane, deeds, bus, ct);
            if (care is not null) await way.Play(care, ct);
            var wrong = await check.Client(clientId, cast.ClientLogin(plan.Client), [.. deeds.Effects.Where(e => e.ClientId == clientId)], way.Sessions, way.Measures, ct);
            foreach (var line in wrong) deeds.Wrong.Enqueue(line);
            var became = care is null ? "referred out"
                : string.Join(", ", way.Sessions.Values.GroupBy(status => status).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Count()} {g.Key}"));
            return $"{clientId}: {became}{(way.Shared ? ", shared" : "")}{(way.Withdrew ? ", withdrew" : "")}{(wrong.Length == 0 ? "" : $"; {wrong.Length} DO NOT AGREE")}";
        }
        catch (Exception failed) when (failed is IOException or TimeoutException or HttpRequestException)
        {
            // the others go on: what fails for one is told with everything else
            deeds.Wrong.Enqueue($"{clientId}: {failed.Message}");
            return $"{clientId}: FAILED: {failed.Message}";
        }
    }

    private static SortedDictionary<string, int> Sorted(IEnumerable<KeyValuePair<string, int>> counts) => new(counts.ToDictionary(), StringComparer.Ordinal);
}
