using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Clinic.SystemTests.Abuse;

/// <summary>Records of others: what is there looks, to who may not see it, exactly like what is not.</summary>
public sealed class ForeignRecords(RunningClinic clinic)
{
    /// <summary>The longest that a service may go on believing in a relationship that is over: facts at most ten seconds old, kept at most five.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(15);

    private static readonly (string Service, string View)[] Views =
        [("intake", "safety-card"), ("consent", "consents"), ("consent", "accounting"), ("session", "sessions"), ("feedback", "scores"), ("feedback", "alerts")];

    [Fact, Trait("Abuse", "13")]
    public async Task Another_clinics_ids()
    {
        var walk = await new Walk(clinic).InSession();
        var stranger = walk.Therapist with { Tenant = Person.South };
        await LooksLikeNothing(walk, stranger);
        await LooksLikeNothing(walk, walk.Client with { Tenant = Person.South, Id = (await new Walk(clinic, Person.South).RegisteredOnly()).ClientId });
    }

    [Fact]
    public async Task Another_clients_and_another_therapists()
    {
        var (walk, other) = (await new Walk(clinic).InSession(), await new Walk(clinic).Registered());
        await LooksLikeNothing(walk, other.Therapist);
        // the client's trail says who tried, whatever it was they tried
        var tried = await Denials(walk, other.Therapist);
        tried.Select(d => d["reasonCode"]!.ToString()).Distinct().ShouldBe(["not_related"]);
        tried.Select(d => d["operation"]!.ToString()).ShouldBe(
            [
                "safety-card", "consents", "accounting", "sessions", "scores", "alerts", "session.start-session.v1", "session.cancel-session.v1", "session.stop-session.v1",
                "session.end-session.v1", "session.book-session.v1", "consent.propose-consent.v1", "consent.withdraw-consent.v1", "intake.triage-risk.v1", "feedback.submit-measure.v1"
            ], ignoreOrder: true);
        await LooksLikeNothing(walk, other.Client);
        await LooksLikeNothing(walk, new Person("peer-2", "peer-supporter"));
    }

    [Fact, Trait("Abuse", "14")]
    public async Task A_former_therapist_s()
    {
        var walk = await new Walk(clinic).InSession();
        var former = walk.Therapist;
        foreach (var (service, view) in Views) (await clinic.Get(service, $"/clients/{walk.ClientId}/{view}", former)).Accepted();

        (await clinic.Post("intake.assign-therapist.v1", new { walk.ClientId, practitionerId = "ther-new" }, Person.Operator())).Accepted();
        var clock = Stopwatch.StartNew();
        foreach (var (service, view) in Views)
            await Eventually.True(async () => (await clinic.Get(service, $"/clients/{walk.ClientId}/{view}", former)).Status == 404, $"{service} to refuse", (int)Bound.TotalSeconds);
        TestContext.Current.TestOutputHelper!.WriteLine($"every service refused the former therapist after {clock.Elapsed.TotalMilliseconds:F0} ms");
        clock.Elapsed.ShouldBeLessThan(Bound);
        await LooksLikeNothing(walk, former);

        var successor = Person.Therapist("ther-new");
        foreach (var (service, view) in Views) (await clinic.Get(service, $"/clients/{walk.ClientId}/{view}", successor)).Accepted();
    }

    /// <summary>Every read and every command, for the client that is there and for one that is not.</summary>
    private async Task LooksLikeNothing(Walk walk, Person stranger)
    {
        await clinic.Introduce(stranger);
        var nobody = new Walk(clinic);
        await clinic.ChangesNothing(async () =>
        {
            foreach (var (service, view) in Views)
                await Same(who => clinic.Get(service, $"/clients/{who.ClientId}/{view}", stranger));
            foreach (var contract in new[] { "session.start-session.v1", "session.cancel-session.v1", "session.stop-session.v1", "session.end-session.v1" })
                await Same(who => clinic.Post(contract, Acting(contract, who), stranger));
            await Same(who => clinic.Post("session.book-session.v1", who.Booking(9), stranger));
            await Same(who => clinic.Post("consent.propose-consent.v1", who.Proposal(), stranger));
            await Same(who => clinic.Post("consent.withdraw-consent.v1", who.Withdrawal("d-1"), stranger));
            await Same(who => clinic.Post("intake.triage-risk.v1", new { who.ClientId, triageId = "t-1", source = "c-ssrs", tier = "low", actionDueAt = DateTimeOffset.UtcNow.AddDays(1) }, stranger));
            await Same(who => clinic.Post("feedback.submit-measure.v1", new { responseId = "r-" + who.ClientId, who.ClientId, instrument = "phq-9", version = "1", items = Walk.Answers, language = "en" }, stranger));
            await Same(who => clinic.Post("feedback.resolve-alert.v1", new { alertId = "m-" + who.ClientId, action = "none" }, stranger));
        });

        async Task Same(Func<Walk, Task<Answer>> ask)
        {
            var (there, absent) = (await ask(walk), await ask(nobody));
            (there.Status is 404 or 403).ShouldBeTrue(there.Text);
            (Plain(there), there.Status).ShouldBe((Plain(absent), absent.Status));
        }
    }

    /// <summary>What audit heard of somebody's refused attempts at a client's record.</summary>
    private async Task<JsonNode[]> Denials(Walk walk, Person who)
    {
        JsonNode[] denied = [];
        await Eventually.True(async () =>
        {
            denied = [.. (await clinic.Ledger("audit").Rows("select body::text as body from views.trail where type = 'access.denied.v1' and client_id = $1 and actor = $2", walk.ClientId, who.Id))
                .Select(row => JsonNode.Parse(row["body"]!.GetValue<string>())!)];
            return denied.Length >= 15;
        }, "the denials in the trail");
        return denied;
    }

    private static object Acting(string contract, Walk walk) => contract switch
    {
        "session.start-session.v1" => walk.Start(),
        "session.end-session.v1" => new { sessionId = walk.SessionId(), actualMinutes = 5, attendance = "attended", endReason = "completed" },
        _ => new { sessionId = walk.SessionId(), by = "client" }
    };

    /// <summary>Without what is different in every answer anyway.</summary>
    private static string Plain(Answer answer)
    {
        var body = answer.Body.AsObject();
        body.Remove("traceId");
        return body.ToJsonString();
    }
}
