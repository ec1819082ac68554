using System.Collections.Concurrent;
using System.Diagnostics;

namespace Clinic.SystemTests;

/// <summary>
/// A process that is stopped, not dead: it keeps its connections, holds its locks, and wakes up later in the belief that it still
/// leads.
/// </summary>
public sealed class FrozenLeader(RunningClinic clinic)
{
    private const int Grants = 40;

    /// <summary>
    /// The broker gives a silent consumer's commands to another one after up to 15 s (three heartbeats, ADR 19); a session of the frozen
    /// process ends sooner. As much again for a machine that has other work.
    /// </summary>
    private const int Seconds = 30;

    private readonly ConcurrentBag<Walk> granted = [];

    [Fact]
    public async Task Its_standby_takes_over_within_seconds_and_when_it_wakes_up_nothing_is_written_twice()
    {
        await clinic.Introduce(Person.Supervisor());
        var instances = await Instances.Of(clinic, "consent", "session");
        try
        {
            // then the other way round: whoever leads now is frozen
            await Round(instances, instances.First, instances.Second);
            await Round(instances, instances.Second, instances.First);
        }
        finally
        {
            // whoever stays frozen holds up every test after this one
            await Task.WhenAll(instances.First.Select(service => service.Thaw()));
            await instances.DisposeAsync();
        }

        // alone again, the woken are not deaf
        var later = new Walk(clinic);
        (await clinic.Post("consent.propose-consent.v1", later.Proposal(), Person.Supervisor())).Accepted();
        await Grant(later);
        (await clinic.NorthEhr.AnswersTo("grant-" + later.ClientId)).ShouldHaveSingleItem().Accepted();
        await Trail.Complete(clinic, seconds: 90);
        await Eventually.True(async () => await clinic.Ledger("session").Value<long>("select last from clinic.consumer where producer = 'consent'")
            == await clinic.Ledger("consent").Value<long>("select max(sequence) from clinic.publication"), "session to have everything of consent", 60);
        foreach (var walk in granted)
        {
            (await clinic.Ledger("consent").Count("consent_granted", "clientId", walk.ClientId)).ShouldBe(1);
            (await clinic.Ledger("session").Count("consent_noted", "clientId", walk.ClientId)).ShouldBe(1, walk.ClientId);
        }
        foreach (var service in new[] { "consent", "session" })
        {
            (await clinic.Ledger(service).Value<long>("select count(*) - (max(position) + 1) from clinic.log")).ShouldBe(0, service + "'s positions have holes");
            (await clinic.Ledger(service).Value<long>("select count(*) - (select size from clinic.log_head) from clinic.log")).ShouldBe(0, service);
            (await clinic.Ledger(service).Value<long>("select count(*) from (select from mt_events group by stream_id, tenant_id having count(*) <> max(version)) s")).ShouldBe(0, service);
        }
    }

    private async Task Round(Instances instances, IReadOnlyCollection<ServiceProcess> leaders, IReadOnlyCollection<ServiceProcess> standby)
    {
        var led = standby.ToDictionary(service => service.Name, service => Led(service));
        var walks = Enumerable.Range(0, Grants).Select(_ => new Walk(clinic)).ToArray();
        foreach (var ten in walks.Chunk(10))
            await Task.WhenAll(ten.Select(async walk => (await instances.Post("consent.propose-consent.v1", walk.Proposal(), Person.Supervisor())).Accepted()));
        foreach (var walk in walks[..(Grants / 2)]) await Grant(walk);
        // at work, most likely in the middle of something
        await Task.WhenAll(leaders.Select(service => service.Freeze()));
        var clock = Stopwatch.StartNew();
        foreach (var walk in walks[(Grants / 2)..]) await Grant(walk);

        // the broker gave some of them to the frozen
        await Eventually.True(async () => await All(walks, Stored), "a standby to take every command", Seconds);
        var stored = clock.Elapsed;
        foreach (var walk in walks) await clinic.Ear.Wait("consent.granted.v1", "clientId", walk.ClientId, seconds: Seconds);
        var published = clock.Elapsed;
        await Eventually.True(async () => await All(walks, Noted), "the next service's standby to act on all", Seconds);
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"after the leaders froze: stored {stored.TotalSeconds:F1} s, published {published.TotalSeconds:F1} s, acted on {clock.Elapsed.TotalSeconds:F1} s");
        foreach (var service in standby.Where(service => service.Name == "consent")) Led(service).ShouldBeGreaterThan(led[service.Name]);

        await Task.WhenAll(leaders.Select(service => service.Thaw()));
        foreach (var walk in walks) (await clinic.NorthEhr.AnswersTo("grant-" + walk.ClientId, seconds: 60)).Distinct().ShouldHaveSingleItem().Accepted();
        await Eventually.True(() => leaders.Where(service => service.Name == "consent").All(service => service.Log.Contains("relay stopped and will be tried again", StringComparison.Ordinal)),
            "the woken to notice that it leads no more", 30);
        await Eventually.True(async () => (await Task.WhenAll(leaders.Select(service => service.Health("ready"))))
            .All(answer => answer?.Body["status"]!.GetValue<string>() == "healthy"), "the woken to stand by", 60);
    }

    private async Task Grant(Walk walk)
    {
        granted.Add(walk);
        await clinic.NorthEhr.Send("consent.grant-consent.v1", walk.Grant(walk.SharingDirective), "grant-" + walk.ClientId);
    }

    private static async Task<bool> All(Walk[] walks, Func<Walk, Task<bool>> holds) => (await Task.WhenAll(walks.Select(holds))).All(held => held);

    private async Task<bool> Stored(Walk walk) => await clinic.Ledger("consent").Count("consent_granted", "clientId", walk.ClientId) == 1;

    private async Task<bool> Noted(Walk walk) => await clinic.Ledger("session").Count("consent_noted", "clientId", walk.ClientId) == 1;

    private static int Led(ServiceProcess service) => service.Log.Split("Leading relay").Length;
}
