namespace Clinic.SystemTests;

/// <summary>The broker dies without warning. Commands are still taken, nothing that needs fresh facts passes, and afterwards nothing is missing.</summary>
public sealed class BrokerAway(RunningClinic clinic)
{
    [Fact, Trait("Scenario", "T28"), Trait("Scenario", "T30")]
    public async Task While_the_broker_is_away_commands_are_taken_gates_stay_shut_and_later_everything_arrives()
    {
        var waiting = await new Walk(clinic).Booked();
        var withdrawing = await new Walk(clinic).Booked();
        await Trail.Complete(clinic);
        await clinic.Introduce(Person.Supervisor());
        await clinic.Introduce(withdrawing.Client);
        var heardBefore = clinic.Ear.All.Length;

        await clinic.CrashBroker();
        var registered = new List<Walk>();
        for (var i = 0; i < 20; i++) registered.Add(await new Walk(clinic).RegisteredOnly());
        (await withdrawing.Withdraw(withdrawing.CareDirective)).Accepted();

        // degraded, with a name to it, and still ready: the load balancer must not take away what still works
        await Eventually.True(async () => (await clinic["intake"].Health("ready"))!.Body["status"]!.GetValue<string>() == "degraded", "intake degraded");
        foreach (var service in RunningClinic.Names)
        {
            (await clinic[service].Health("ready"))!.Status.ShouldBe(200, service);
            (await clinic[service].Health("live"))!.Status.ShouldBe(200, service);
        }

        await Eventually.True(async () => await clinic.Ledger("session").Value<bool>(
            "select bool_and(clock_timestamp() - as_of > interval '10 seconds') from clinic.consumer"), "stale facts", seconds: 20);
        // who treats whom may have changed meanwhile, so nobody is let in on it; who needs no such fact meets the gate
        (await clinic.Post("session.start-session.v1", waiting.Start(), waiting.Therapist)).Refused("access_facts_stale", 503);
        (await clinic.Post("session.start-session.v1", waiting.Start(), Person.Supervisor())).Refused("gate_failed");
        (await LastGate(waiting)).ShouldBe((false, false));
        (await clinic.Ledger("session").Count("session_started", "sessionId", waiting.SessionId())).ShouldBe(0);
        // nobody has told session of the withdrawal, and the shut gate is why that is safe
        (await clinic.Ledger("session").Count("session_cancelled", "sessionId", withdrawing.SessionId())).ShouldBe(0);

        await clinic.RestartBroker();
        foreach (var walk in registered) await clinic.Ear.Wait("intake.client-registered.v1", "clientId", walk.ClientId, seconds: 60);
        await clinic.Ear.Wait("session.cancelled.v1", "sessionId", withdrawing.SessionId(), seconds: 60);
        await Trail.Complete(clinic);
        foreach (var producer in RunningClinic.Producers)
        {
            // repeats of what the broker had not confirmed are allowed, another order is not
            var sequences = clinic.Ear.All[heardBefore..].Where(e => e.Producer == producer).Select(e => e.Sequence).Distinct().ToArray();
            sequences.ShouldBeInOrder();
        }
        (await clinic.Ledger("session").Count("session_cancelled", "sessionId", withdrawing.SessionId())).ShouldBe(1);

        foreach (var service in RunningClinic.Names)
            await Eventually.True(async () => (await clinic[service].Health("ready"))!.Body["status"]!.GetValue<string>() == "healthy", $"{service} healthy", 30);
        await Eventually.True(async () => await clinic.Ledger("session").Value<bool>(
            "select bool_and(clock_timestamp() - as_of < interval '5 seconds') from clinic.consumer"), "fresh facts");
        (await clinic.Post("session.start-session.v1", waiting.Start(), waiting.Therapist)).Accepted();
        (await LastGate(waiting)).ShouldBe((true, true));
        await clinic.Ear.Wait("session.started.v1", "sessionId", waiting.SessionId());
        // the clinic systems' own connections have come back, too
        (await clinic.NorthEhr.Command("session.stop-session.v1", new { sessionId = waiting.SessionId(), by = "client" })).Accepted();
    }

    private async Task<(bool Passed, bool ConsentFactsFresh)> LastGate(Walk walk)
    {
        var gate = (await clinic.Ledger("session").Rows("""
            select data from mt_events where type = 'session_gate_evaluated' and data ->> 'sessionId' = $1 order by seq_id desc limit 1
            """, walk.SessionId())).ShouldHaveSingleItem()["data"]!;
        return (gate["passed"]!.GetValue<bool>(),
            gate["checks"]!.AsArray().Single(c => c!["name"]!.GetValue<string>() == "consent-facts-fresh")!["passed"]!.GetValue<bool>());
    }
}
