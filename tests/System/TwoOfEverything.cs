using System.Collections.Concurrent;
using System.Diagnostics;

namespace Clinic.SystemTests;

/// <summary>Two instances of every service on the same databases and broker, as whoever scales out runs them.</summary>
public sealed class TwoOfEverything(RunningClinic clinic)
{
    private const int Clients = 60;
    private const int Sessions = 4;

    /// <summary>Consumer and producer of every ordered queue.</summary>
    private static readonly (string Consumer, string Producer)[] Follows =
    [
        ("intake", "feedback"), ("consent", "intake"), ("session", "consent"), ("session", "intake"),
        .. RunningClinic.Producers.Select(producer => ("audit", producer))
    ];

    private readonly ConcurrentBag<(string Service, Answer Answer)> accepted = [];
    private int finished;

    [Fact]
    public async Task One_of_each_is_killed_amid_the_work_and_nothing_is_lost_twice_or_out_of_order()
    {
        var walks = Enumerable.Range(0, Clients).Select(_ => new Walk(clinic)).ToArray();
        await clinic.Introduce(Person.Supervisor());
        foreach (var ten in walks.Chunk(10))
            await Task.WhenAll(ten.Select(async walk => (await clinic.Post("consent.propose-consent.v1", Care(walk), Person.Supervisor())).Accepted()));
        var booked = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => new Walk(clinic).Booked(Sessions)));
        var before = await Task.WhenAll(RunningClinic.Producers.Select(LastPublished));
        await using var instances = await Instances.Of(clinic, RunningClinic.Names);
        // who comes second stands by
        foreach (var service in instances.Second) service.Log.ShouldNotContain("Leading ");

        var clock = Stopwatch.StartNew();
        var work = Task.WhenAll(Work(instances, walks), Cancel(booked));
        await Eventually.True(() => finished >= Clients / 3 || work.IsFaulted, "a third of the work", 120);
        await Task.WhenAll(instances.First.Select(service => service.Kill()));
        await Eventually.True(() => finished >= Clients * 2 / 3 || work.IsFaulted, "two thirds of the work", 120);
        foreach (var service in instances.First) service.Start();
        await work;
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{accepted.Count} commands accepted, callers turned to the other instance {instances.Turned} times: {clock.Elapsed.TotalSeconds:F1} s");
        instances.Turned.ShouldBePositive("nobody noticed the killing, so it proves nothing");

        await Settled();
        await Trail.Complete(clinic, seconds: 90);
        foreach (var service in instances.Second) service.Log.ShouldContain("Leading sequencer", customMessage: service.Name);
        foreach (var service in instances.Second.Where(service => service.Name != "audit")) service.Log.ShouldContain("Leading relay", customMessage: service.Name);
        foreach (var follower in Follows) await Followed(follower.Consumer, follower.Producer);
        await AcceptedIsStored();
        foreach (var walk in walks) await OneEffectEach(walk);
        foreach (var walk in booked)
            (await clinic.Ledger("session").Count("session_cancelled", "clientId", walk.ClientId)).ShouldBe(Sessions);
        foreach (var (producer, last) in RunningClinic.Producers.Zip(before)) SaidInOrder(producer, last);
        await Task.WhenAll(instances.First.Select(service => service.Ready()));
    }

    private async Task Work(Instances instances, Walk[] walks) =>
        await Parallel.ForEachAsync(walks, new ParallelOptions { MaxDegreeOfParallelism = 6 }, async (walk, _) =>
        {
            async Task Web(string contract, object body) => Keep(contract, await instances.Post(contract, body, Person.Supervisor()));
            await Web("intake.register-client.v1", new
            {
                walk.ClientId,
                route = "self",
                identityMode = "pseudonymous",
                ageBand = "25-34",
                language = "en",
                region = "GB",
                accessibility = Array.Empty<string>()
            });
            await clinic.NorthEhr.Send("consent.grant-consent.v1", walk.Grant(walk.SharingDirective), "grant-" + walk.ClientId);
            await Web("feedback.submit-measure.v1", new
            {
                responseId = "m-" + walk.ClientId,
                walk.ClientId,
                instrument = "phq-9",
                version = "1",
                items = new int?[] { 1, 1, 0, 1, 0, 1, 0, 0, 2 },
                language = "en"
            });
            Keep("consent.grant-consent.v1", (await clinic.NorthEhr.AnswersTo("grant-" + walk.ClientId, seconds: 90)).Distinct().ShouldHaveSingleItem());
            await Web("consent.withdraw-consent.v1", walk.Withdrawal(walk.SharingDirective));
            Interlocked.Increment(ref finished);
        });

    /// <summary>Spread over the time of the others' work, so that some are on their way when the killing begins.</summary>
    private async Task Cancel(Walk[] booked)
    {
        var ids = new List<string>();
        for (var number = 1; number <= Sessions; number++)
        {
            foreach (var walk in booked)
            {
                ids.Add("cancel-" + walk.SessionId(number));
                await clinic.NorthEhr.Send("session.cancel-session.v1", new { sessionId = walk.SessionId(number), by = "client" }, ids[^1]);
            }
            var share = Clients * number / Sessions;
            await Eventually.True(() => finished >= share, $"{share} clients done", 120);
        }
        foreach (var id in ids) Keep("session.cancel-session.v1", (await clinic.NorthEhr.AnswersTo(id, seconds: 90)).Distinct().ShouldHaveSingleItem());
    }

    private void Keep(string contract, Answer answer) => accepted.Add((contract.Split('.')[0], answer.Accepted()));

    /// <summary>What one service does about another's event is an event again: until nobody has anything to catch up with.</summary>
    private Task Settled() => Eventually.True(async () =>
    {
        foreach (var (consumer, producer) in Follows)
        {
            var last = await clinic.Ledger(consumer).Value<long>("select coalesce(max(last), 0) from clinic.consumer where producer = $1", producer);
            if (last != await LastPublished(producer) || await clinic.Ledger(producer).Value<bool>("""
                select exists (select from clinic.log_queue) or (select size - 1 from clinic.log_head)
                    > (select coalesce(max(position), -1) from clinic.checkpoint where name = 'relay:numbered')
                """)) return false;
        }
        return true;
    }, "everybody to have caught up", 120);

    private Task<long> LastPublished(string producer) => clinic.Ledger(producer).Value<long>("select coalesce(max(sequence), 0) from clinic.publication");

    /// <summary>Everything was taken, nothing waits, and what was done about it stands in the consumer's log in the producer's order, once.</summary>
    private async Task Followed(string consumer, string producer)
    {
        var published = (await clinic.Ledger(producer).Rows("""
            select p.sequence, l.event_id::text as id from clinic.publication p join clinic.log l using (position) order by 1
            """)).ToDictionary(row => row["id"]!.GetValue<string>(), row => row["sequence"]!.GetValue<long>());
        var ledger = clinic.Ledger(consumer);
        await Eventually.True(async () => await ledger.Value<long>("select coalesce(max(last), 0) from clinic.consumer where producer = $1", producer) == published.Count,
            $"{consumer} to have everything of {producer}", 60);
        (await ledger.Value<long>("select count(*) from clinic.parked where producer = $1", producer)).ShouldBe(0, $"{consumer} from {producer}");
        var effects = await ledger.Rows("""
            select l.position, e.causation_id as cause, e.stream_id as stream, e.type, e.data::text as data from clinic.log l join mt_events e using (seq_id)
            where e.causation_id is not null order by l.position
            """);
        var caused = effects.Where(row => published.ContainsKey(row["cause"]!.GetValue<string>())).ToArray();
        caused.ShouldNotBeEmpty($"{consumer} did nothing about {producer}");
        caused.Select(row => published[row["cause"]!.GetValue<string>()]).ShouldBeInOrder(SortDirection.Ascending, $"{consumer} from {producer}");
        // one cause may end several sessions, each said by an event of the same type in the same stream
        caused.Select(row => (row["cause"]!.ToString(), row["stream"]!.ToString(), row["type"]!.ToString(), row["data"]!.ToString())).ShouldBeUnique();
    }

    /// <summary>A receipt is the id of the command's last event.</summary>
    private async Task AcceptedIsStored()
    {
        foreach (var service in accepted.GroupBy(a => a.Service))
        {
            var receipts = service.Select(a => Guid.Parse(a.Answer.Receipt!)).ToArray();
            receipts.ShouldBeUnique();
            (await clinic.Ledger(service.Key).Value<long>("select count(*) from clinic.log join mt_events using (seq_id) where id = any ($1)", receipts))
                .ShouldBe(receipts.Length, service.Key);
        }
    }

    private async Task OneEffectEach(Walk walk)
    {
        foreach (var (service, type) in new[]
        {
            ("intake", "client_registered"), ("intake", "safety_alert_noted"), ("consent", "consent_granted"), ("consent", "consent_withdrawn"),
            ("feedback", "measure_scored"), ("feedback", "safety_alert_raised")
        })
            (await clinic.Ledger(service).Count(type, "clientId", walk.ClientId)).ShouldBe(1, $"{type} of {walk.ClientId}");
        (await clinic.Ledger("session").Rows(
            "select data ->> 'status' as status from mt_events where type = 'consent_noted' and data ->> 'clientId' = $1 order by version", walk.ClientId))
            .Select(row => row["status"]!.GetValue<string>()).ShouldBe(["granted", "withdrawn"]);
    }

    /// <summary>The bus may repeat what was not confirmed, but never skips, and no number means two events.</summary>
    private void SaidInOrder(string producer, long before)
    {
        var said = clinic.Ear.All.Where(heard => heard.Producer == producer && heard.Sequence > before).ToArray();
        said.GroupBy(heard => heard.Sequence).ShouldAllBe(same => same.Select(heard => heard.Headers["id"]).Distinct().Count() == 1);
        said.Select(heard => heard.Sequence).Distinct().ShouldBe(Enumerable.Range(1, said.Select(heard => heard.Sequence).Distinct().Count()).Select(n => before + n), producer);
    }

    private static object Care(Walk walk) => new
    {
        walk.ClientId,
        directiveId = walk.SharingDirective,
        document = Documents.Reference(Documents.Care),
        scopes = new[] { new { kind = "treatment" } }
    };
}
