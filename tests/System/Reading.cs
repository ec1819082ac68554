namespace Clinic.SystemTests;

/// <summary>Nobody is shown a record before it is written down that they are.</summary>
public sealed class Reading(RunningClinic clinic)
{
    private const string Viewed = """
        select data ->> 'viewer' as viewer, data ->> 'projection' as projection, data ->> 'purposeOfUse' as purpose, user_name as "user"
        from mt_events where type = 'record_viewed' and data ->> 'clientId' = $1
        """;

    public static TheoryData<string, string, string> Views => new()
    {
        { "intake", "safety-card", "safety-card" },
        { "consent", "consents", "consents" },
        { "consent", "accounting", "accounting" },
        { "session", "sessions", "calendar" },
        { "feedback", "scores", "scores" },
        { "feedback", "alerts", "alerts" }
    };

    [Theory, MemberData(nameof(Views))]
    public async Task The_view_is_in_the_ledger_when_the_answer_is_there(string service, string path, string projection)
    {
        var walk = await new Walk(clinic).Registered();
        await clinic.Ear.Wait("intake.client-registered.v1", "clientId", walk.ClientId);

        await clinic.Get(service, $"/clients/{walk.ClientId}/{path}", walk.Therapist);

        var viewed = (await clinic.Ledger(service).Rows(Viewed, walk.ClientId)).ShouldHaveSingleItem();
        viewed.ToJsonString().ShouldBe($$"""{"user":"{{walk.Therapist.Id}}","viewer":"{{walk.Therapist.Id}}","purpose":"TREAT","projection":"{{projection}}"}""");
        // and it becomes public, so that audit knows it too
        await clinic.Ear.Wait("record.viewed.v1", "clientId", walk.ClientId);
    }

    /// <summary>Every route that shows something clinical, from the policy tables as they are documented.</summary>
    public static TheoryData<string, string> Clinical => [.. Documented()];

    [Theory, MemberData(nameof(Clinical))]
    public async Task No_route_shows_what_cannot_be_recorded(string service, string path)
    {
        var walk = await new Walk(clinic).InSession();
        await Trail.Complete(clinic);
        var ask = await Asked(walk, service, path);
        (await ask()).Accepted();
        var before = await clinic.Ledger(service).Value<long>("select count(*) from mt_events");

        var refused = await WithoutAppends(service, ask);

        refused.Refused("database_unavailable", 503).Text.ShouldNotContain(walk.ClientId);
        (await clinic.Ledger(service).Value<long>("select count(*) from mt_events")).ShouldBe(before);
        (await ask()).Accepted();
    }

    /// <summary>The question that a route stands for, by somebody who may ask it, about something that is there.</summary>
    private async Task<Func<Task<Answer>>> Asked(Walk walk, string service, string path)
    {
        var (thread, note) = await Written(walk, path);
        var to = path.Replace("{clientId}", walk.ClientId, StringComparison.Ordinal).Replace("{threadId}", thread, StringComparison.Ordinal)
            .Replace("{noteId}", note, StringComparison.Ordinal).Replace("{practitionerId}", walk.Therapist.Id, StringComparison.Ordinal)
            .Replace("{recipientId}", walk.RecipientId, StringComparison.Ordinal);
        var supervisor = Person.Supervisor();
        switch (path)
        {
            case "/trail" or "/consent-timeline":
                return () => clinic.Get(service, $"{to}?clientId={walk.ClientId}", supervisor);
            case "/search" or "/export":
                return () => clinic.Get(service, $"{to}?clientId={walk.ClientId}", Person.Auditor(), "HLEGAL");
            case "/eligible-practitioners" or "/practitioners/{practitionerId}/eligibility":
                return () => clinic.Get(service, to + "?jurisdiction=GB", supervisor);
            case "/clients/{clientId}/decision":
                return () => clinic.Get(service, $"{to}?recipientId={walk.RecipientId}&purpose=TREAT&category=attendance&from={Walk.Day(-30)}&to={Walk.Day(2)}", supervisor);
            case "/clients/{clientId}/my-consents" or "/clients/{clientId}/export" or "/clients/{clientId}/looks":
                return () => clinic.Get(service, to, walk.Client, "PATRQT");
            case "/clients/{clientId}/accountings/{requestId}/issue":
                (await clinic.Post("consent.request-accounting.v1", new { requestId = "a1", walk.ClientId, regime = "everything" }, walk.Client)).Accepted();
                return () => clinic.PostTo(service, to.Replace("{requestId}", "a1", StringComparison.Ordinal) + "?format=json", walk.Client, "PATRQT");
            case "/clients/{clientId}/identity-escrow":
                (await clinic.Post("intake.link-pseudonym.v1", new { walk.ClientId, identityRef = "register-1", reasonCode = "therapist-supported" }, Person.Operator())).Accepted();
                return () => clinic.Get(service, to, supervisor);
            case "/proxy/clients/{clientId}/consents":
                var proxy = (await new Walk(clinic).Registered()).Client;
                (await clinic.Post("consent.record-proxy-authority.v1", new
                {
                    walk.ClientId,
                    authorityId = "auth-" + walk.ClientId,
                    proxyId = proxy.Id,
                    kind = "power-of-attorney",
                    evidenceHash = Walk.Hash("deed"),
                    scopeLimit = Array.Empty<string>(),
                    validTo = DateTimeOffset.UtcNow.AddHours(1)
                }, walk.Therapist)).Accepted();
                return () => clinic.Get(service, to, proxy, "FAMRQT");
            case "/emergency/{accessId}/records/{category}":
                var member = new Person("night-" + walk.ClientId, "supervisor");
                (await clinic.Post("consent.authorise-emergency-user.v1", new { userId = member.Id }, Person.Operator())).Accepted();
                (await clinic.Post("consent.break-glass.v1", new { accessId = "g-" + walk.ClientId, walk.ClientId, reasonCode = "suicide-risk", narrative = Walk.Private }, member)).Accepted();
                return () => clinic.Get(service, $"/emergency/g-{walk.ClientId}/records/attendance", member, "BTG");
            default:
                return () => clinic.Get(service, to, path.Contains("psychotherapy", StringComparison.Ordinal) ? walk.Therapist : supervisor);
        }
    }

    /// <summary>A thread or note to ask for, where the route names one.</summary>
    private async Task<(string Thread, string Note)> Written(Walk walk, string path)
    {
        var (thread, note, kind) = ("t-" + walk.ClientId, "n-" + walk.ClientId, path.Contains("psychotherapy", StringComparison.Ordinal) ? "psychotherapy" : "progress");
        if (path.Contains("{threadId}", StringComparison.Ordinal))
            (await clinic.Post("session.open-thread.v1", new { threadId = thread, walk.ClientId, practitionerId = walk.Therapist.Id, channel = "message", timeZone = "Europe/London" }, walk.Client)).Accepted();
        if (!path.Contains("{noteId}", StringComparison.Ordinal)) return (thread, note);
        var at = kind == "progress" ? DateTimeOffset.UtcNow : (DateTimeOffset?)null;
        (await clinic.Post("session.draft-note.v1", new { noteId = note, walk.ClientId, kind, text = Walk.Private, labels = Array.Empty<string>(), startedAt = at, endedAt = at }, walk.Therapist)).Accepted();
        (await clinic.Post("session.sign-note.v1", new { noteId = note, kind }, walk.Therapist)).Accepted();
        return (thread, note);
    }

    /// <summary>Whichever way an event would take into the log, it is closed meanwhile.</summary>
    private async Task<Answer> WithoutAppends(string service, Func<Task<Answer>> attempt)
    {
        Task Do(string change) => clinic.Ledger(service).Execute($$"""
            do $do$ declare f record; begin
                for f in select oid::regprocedure as name from pg_proc where pronamespace = 'clinic'::regnamespace and proname in ('append', 'append_one') loop
                    execute format('{{change}}', f.name);
                end loop;
            end $do$
            """);
        // the Marten engine writes by itself, in a role of its own
        Task Rows(string change) => clinic.Ledger(service).Execute($"do $do$ begin if to_regrole('{service}_marten') is not null then {change} {service}_marten; end if; end $do$");
        await Do($"revoke execute on function %s from {service}_app");
        await Rows("revoke insert on public.mt_events from");
        try
        {
            return await attempt();
        }
        finally
        {
            await Do($"grant execute on function %s to {service}_app");
            await Rows("grant insert on public.mt_events to");
        }
    }

    private static IEnumerable<TheoryDataRow<string, string>> Documented()
    {
        var service = "";
        foreach (var line in File.ReadAllLines(Path.Combine(Stack.Root, "docs/access.md")))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal)) service = line[3..];
            var cells = line.Split('|', StringSplitOptions.TrimEntries);
            // a release is recorded on its own way out
            if (cells.Length > 10 && cells[^3].StartsWith("`record", StringComparison.Ordinal) && !cells[^3].Contains("release", StringComparison.Ordinal))
                yield return new(service, cells[2].Split('`')[1]);
        }
    }

    [Fact]
    public async Task When_the_view_cannot_be_recorded_nothing_is_shown()
    {
        var walk = await new Walk(clinic).Booked();
        var path = $"/clients/{walk.ClientId}/sessions";
        await Eventually.True(async () => (await clinic.Get("session", path, walk.Therapist)).Accepted().Body.AsArray().Count == 1, "the session in the calendar");
        var before = await clinic.Ledger("session").Rows(Viewed, walk.ClientId);

        var refused = await WithoutAppends("session", () => clinic.Get("session", path, walk.Therapist));

        refused.Status.ShouldBeInRange(500, 599);
        refused.Text.ShouldNotContain(walk.SessionId());
        refused.Text.ShouldNotContain("scheduled");
        (await clinic.Ledger("session").Rows(Viewed, walk.ClientId)).Count.ShouldBe(before.Count);
        (await clinic.Get("session", path, walk.Therapist)).Accepted().Text.ShouldContain(walk.SessionId());
    }

    [Fact]
    public async Task Who_may_not_read_or_does_not_say_why_is_shown_nothing()
    {
        var walk = await new Walk(clinic).Booked();
        var path = $"/clients/{walk.ClientId}/sessions";

        (await clinic.Get("session", path, walk.Therapist, purpose: null)).Status.ShouldBe(400);
        (await clinic.Get("session", path, walk.Therapist, purpose: "CURIOSITY")).Status.ShouldBe(400);
        (await clinic.Get("session", path, Person.Operator())).Status.ShouldBe(403);
        (await clinic.Get("session", path, new Person("peer-1", "peer-supporter"))).Status.ShouldBe(403);
        (await clinic.Get("audit", $"/trail?clientId={walk.ClientId}", walk.Therapist, "HLEGAL")).Status.ShouldBe(403);

        (await clinic.Ledger("session").Rows(Viewed, walk.ClientId)).ShouldBeEmpty();
    }
}
