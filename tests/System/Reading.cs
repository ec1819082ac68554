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

    [Fact]
    public async Task When_the_view_cannot_be_recorded_nothing_is_shown()
    {
        var walk = await new Walk(clinic).Booked();
        var path = $"/clients/{walk.ClientId}/sessions";
        await Eventually.True(async () => (await clinic.Get("session", path, walk.Therapist)).Accepted().Body.AsArray().Count == 1, "the session in the calendar");
        var before = await clinic.Ledger("session").Rows(Viewed, walk.ClientId);

        await clinic.Ledger("session").Execute("revoke execute on function clinic.append from session_app");
        Answer refused;
        try
        {
            refused = await clinic.Get("session", path, walk.Therapist);
        }
        finally
        {
            await clinic.Ledger("session").Execute("grant execute on function clinic.append to session_app");
        }

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
