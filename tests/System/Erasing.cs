using System.Diagnostics;
using System.Text.Json.Nodes;
using Npgsql;

namespace Clinic.SystemTests;

/// <summary>One client is forgotten; that there was one, and who was told what, is not.</summary>
public sealed class Erasing(RunningClinic clinic)
{
    /// <summary>A process that was killed is waited for as long as it could have held a key: 60 s.</summary>
    private const int Patience = 90;

    private static readonly Person Operator = Person.Operator();

    [Fact, Trait("Scenario", "T55")]
    public async Task After_an_erasure_nobody_can_read_the_client_and_history_is_as_long_as_before()
    {
        var walk = await Lived();
        var other = await new Walk(clinic).Consented();
        var written = await WrittenInAGroup(walk, other);
        Words(await written()).ShouldContain(Walk.Private);
        await Trail.Complete(clinic);
        var before = await History();
        var views = await Trails(walk);

        (await Erase(walk)).Accepted();
        var completed = await clinic.Ear.Wait("intake.erasure-completed.v1", "erasureId", "e-" + walk.ClientId, seconds: Patience);
        int.Parse(completed["keys"]!).ShouldBeGreaterThanOrEqualTo(5);
        await Trail.Complete(clinic);

        // nothing of what was there has changed or gone
        foreach (var (service, rows) in await History()) rows.Take(before[service].Length).ShouldBe(before[service], service);
        // the plaintext is in no dump, however it was written
        foreach (var service in RunningClinic.Names)
        {
            var dump = await Dump(clinic.Database(service));
            dump.ShouldContain("mt_events");
            dump.ShouldNotContain(Walk.Private, Case.Insensitive, service);
            clinic[service].Log.ShouldNotContain(Walk.Private, Case.Insensitive);
        }
        // and the keys are in no dump of the vault
        var key = await clinic.Vault.Rows("select encode(wrapped, 'hex') as w from intake.data_key where subject = $1", "client:" + walk.ClientId);
        key.ShouldAllBe(row => row["w"] == null);
        (await clinic.Vault.Rows("select 1 as one from intake.data_key where subject = $1 and wrapped is null", "client:" + walk.ClientId)).Count.ShouldBe(2);

        // what was disclosed stays listed, and to whom; why the recipient asked was about the client
        var row = (await clinic.Get("consent", $"/clients/{walk.ClientId}/accounting", Person.Auditor(), "HLEGAL")).Accepted().Body.AsArray().ShouldHaveSingleItem()!;
        (Text(row, "purposeStatement"), Text(row, "disclosureId")).ShouldBe(("(erased)", walk.DisclosureId()));
        Text(row, "recipientName").ShouldContain(Walk.Private);
        (await Trails(walk)).Take(views.Length).ShouldBe(views);
        // what the client wrote in a group is gone from the others' copies, too, and that something was written is not
        var entry = (await written())["messages"]!.AsArray().ShouldHaveSingleItem()!;
        (entry["text"], Text(entry, "authorRole")).ShouldBe((null, "client"));
        // others are as they were
        (await clinic.Get("intake", $"/clients/{other.ClientId}/safety-card", other.Therapist)).Accepted();
        (await clinic.Ledger("intake").Value<bool>("select data ->> 'rationale' like '~enc1.%' from mt_events where type = 'suitability_decided' and data ->> 'clientId' = $1", other.ClientId)).ShouldBeTrue();
    }

    [Fact]
    public async Task Nothing_personal_is_stored_about_the_erased_ever_again_and_the_rest_goes_on()
    {
        var walk = await new Walk(clinic).Suitable();
        (await Erase(walk)).Accepted();
        await clinic.Ear.Wait("intake.erasure-completed.v1", "erasureId", "e-" + walk.ClientId, seconds: Patience);

        (await clinic.Post("intake.record-emergency-plan.v1", new
        {
            walk.ClientId,
            contactRef = "new",
            usualLocationRef = "new",
            localServices = Walk.Private,
            reviewBy = Walk.Day(1)
        }, walk.Therapist)).Refused("personal_data_erased");
        // a decision that needs no personal member is still taken
        await Eventually.True(async () => (await walk.Withdraw(walk.CareDirective)).Status == 409, "a reason is personal");
        (await clinic.Post("consent.withdraw-consent.v1", new { walk.ClientId, requestedBy = walk.ClientId, channel = "app" }, walk.Client)).Accepted();
        (await clinic.Get("intake", $"/clients/{walk.ClientId}/safety-card", walk.Therapist)).Accepted();
        // asked again it is done already
        (await Erase(walk, "again")).Accepted();
    }

    [Fact, Trait("Scenario", "T56")]
    public async Task A_legal_hold_keeps_the_keys_and_the_refusal_is_on_record()
    {
        var walk = await new Walk(clinic).Suitable();
        (await clinic.Post("intake.place-hold.v1", new { holdId = "h1", walk.ClientId, basis = "litigation", reference = "case-1" }, Operator)).Accepted();

        for (var times = 0; times < 2; times++) (await Erase(walk, key: "once-" + walk.ClientId)).Refused("legal_hold");
        (await Erase(walk)).Refused("legal_hold");

        (await clinic.Ear.Wait("intake.erasure-refused.v1", "clientId", walk.ClientId))["reasonCode"].ShouldBe("legal_hold");
        (await clinic.Ledger("intake").Count("erasure_refused", "clientId", walk.ClientId)).ShouldBe(1);
        (await clinic.Vault.Rows("select 1 as one from intake.data_key where subject = $1 and wrapped is not null", "client:" + walk.ClientId)).Count.ShouldBe(2);
        (await clinic.Ledger("intake").Count("keys_erasing", "clientId", walk.ClientId)).ShouldBe(0);

        (await clinic.Post("intake.release-hold.v1", new { holdId = "h1", walk.ClientId }, Operator)).Accepted();
        (await Erase(walk, "second")).Accepted();
        await clinic.Ear.Wait("intake.erasure-completed.v1", "erasureId", "second-" + walk.ClientId, seconds: Patience);
    }

    [Fact, Trait("Scenario", "T56")]
    public async Task What_was_kept_long_enough_goes_unless_a_hold_keeps_it()
    {
        // another clinic, because its policy holds for all its clients
        var by = Person.Operator(Person.South);
        var (old, held, recent) = (new Walk(clinic, Person.South), new Walk(clinic, Person.South), new Walk(clinic, Person.South));
        foreach (var walk in new[] { old, held, recent }) await walk.Suitable();
        (await clinic.Post("intake.set-retention.v1", new { dataClass = "contact", keepDays = 30 }, by)).Accepted();
        await Eventually.True(async () => (await clinic.Get("consent", "/processing-register", Person.Auditor(Person.South), "HOPERAT")).Accepted().Body["timeLimits"]!.AsArray()
            .Any(limit => limit!["dataClass"]!.GetValue<string>() == "contact" && limit["keepDays"]?.GetValue<int>() == 30), "the register's time limit");
        (await clinic.Post("intake.place-hold.v1", new { holdId = "h1", held.ClientId, basis = "inquiry", reference = "case-2" }, by)).Accepted();
        (await clinic.Post("intake.request-erasure.v1", Request(recent, "early"), by)).Refused("retention_running");
        foreach (var walk in new[] { old, held })
            await clinic.Ledger("intake").Execute($"update mt_streams set timestamp = now() - interval '31 days' where id = 'client-{walk.ClientId}'");

        await clinic["intake"].Verb("retention");
        clinic["intake"].Log.ShouldContain($"south {old.ClientId} contact");
        (await clinic.Ledger("intake").Count("erasure_requested", "clientId", old.ClientId, Person.South)).ShouldBe(0, "listing changes nothing");
        for (var times = 0; times < 2; times++) await clinic["intake"].Verb("retention", "--apply");

        await clinic.Ear.Wait("intake.erasure-completed.v1", "clientId", old.ClientId, Person.South, seconds: Patience);
        (await clinic.Ear.Wait("intake.erasure-refused.v1", "erasureId", $"retention-contact-{held.ClientId}", Person.South))["reasonCode"].ShouldBe("legal_hold");
        (await clinic.Ledger("intake").Count("erasure_refused", "clientId", held.ClientId, Person.South)).ShouldBe(1);
        (await clinic.Ledger("intake").Count("erasure_requested", "clientId", recent.ClientId, Person.South)).ShouldBe(0);
        // the other class is kept, and so is what a hold keeps
        async Task<long> Keys(Walk walk) => await clinic.Vault.Value<long>("select count(*) from intake.data_key where subject = $1 and wrapped is not null", "client:" + walk.ClientId);
        (await Keys(old), await Keys(held), await Keys(recent)).ShouldBe((1, 2, 2));
    }

    [Fact]
    public async Task Who_may_not_erase_is_refused_and_the_bus_takes_no_such_command()
    {
        var walk = await new Walk(clinic).Registered();
        (await clinic.Post("intake.request-erasure.v1", Request(walk, "e"), walk.Therapist)).Status.ShouldBeOneOf(403, 409);
        foreach (var command in new[] { "request-erasure", "place-hold", "release-hold", "set-retention" })
            (await clinic.Host.Queues()).ShouldNotContain($"intake.{command}.v1");
    }

    /// <summary>Has something personal in every service, and has been disclosed to somebody.</summary>
    private async Task<Walk> Lived()
    {
        var walk = await new Walk(clinic).InSession();
        await walk.Permitted();
        (await clinic.Release(walk.DisclosureId(), walk.Recipient)).Answer.Accepted();
        await walk.Measured(3, 2, 3, 1, 2, 3, 2, 1, 1);
        var alertId = (await clinic.Ear.Wait("feedback.safety-alert-raised.v1", "clientId", walk.ClientId))["alertId"];
        (await clinic.Post("feedback.resolve-alert.v1", new { alertId, action = $"{Walk.Private} was called" }, walk.Therapist)).Accepted();
        (await clinic.Post("session.stop-session.v1", new { sessionId = walk.SessionId(), by = "client", reason = $"{Walk.Private} has had enough" }, walk.Client)).Accepted();
        (await clinic.Get("intake", $"/clients/{walk.ClientId}/safety-card", walk.Therapist)).Accepted();
        return walk;
    }

    /// <summary>The client writes to a group.</summary>
    /// <returns>Reads the other participant's copy.</returns>
    private async Task<Func<Task<JsonNode>>> WrittenInAGroup(Walk walk, Walk other)
    {
        var group = "g-" + walk.ClientId;
        foreach (var participant in new[] { walk, other })
            (await clinic.NorthEhr.Command("session.open-thread.v1", new
            {
                threadId = "forum-" + participant.ClientId,
                participant.ClientId,
                practitionerId = walk.Therapist.Id,
                channel = "forum",
                timeZone = "Europe/London",
                groupId = group
            })).Accepted();
        (await clinic.Post("session.post-to-group.v1", new { groupId = group, messageId = "e1", text = $"{Walk.Private} slept badly", labels = Array.Empty<string>() }, walk.Client)).Accepted();
        return async () => (await clinic.Get("session", $"/clients/{other.ClientId}/threads/forum-{other.ClientId}", other.Client)).Accepted().Body;
    }

    private static string Words(JsonNode thread) => Text(thread["messages"]!.AsArray().ShouldHaveSingleItem()!, "text");

    private Task<Answer> Erase(Walk walk, string id = "e", string? key = null) =>
        clinic.Post("intake.request-erasure.v1", Request(walk, id), Operator, key);

    private static object Request(Walk walk, string id) => new { erasureId = $"{id}-{walk.ClientId}", walk.ClientId, ground = "client-request" };

    private async Task<Dictionary<string, string[]>> History()
    {
        var all = new Dictionary<string, string[]>();
        foreach (var service in RunningClinic.Names)
            all[service] = [.. (await clinic.Ledger(service).Rows("""
                select l.position, e.stream_id, e.version, e.type, md5(e.data::text) as data, encode(l.event_hash, 'hex') as hash
                from clinic.log l join mt_events e on e.seq_id = l.seq_id order by l.position
                """)).Select(row => row.ToJsonString())];
        return all;
    }

    private async Task<string[]> Trails(Walk walk) =>
        [.. (await clinic.Get("audit", $"/trail?clientId={walk.ClientId}", Person.Auditor(), "HLEGAL")).Accepted().Body.AsArray()
            .Where(row => Text(row!, "producer") != "audit").Select(row => row!["eventId"]!.GetValue<string>())];

    private static string Text(JsonNode row, string member) => row[member]!.GetValue<string>();

    private async Task<string> Dump(string connectionString)
    {
        using var process = Process.Start(await clinic.Tool("pg_dump", connectionString))!;
        process.StandardInput.Close();
        var said = process.StandardError.ReadToEndAsync();
        var dump = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await said);
        return dump;
    }
}
