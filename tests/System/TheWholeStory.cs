using System.Text;
using System.Text.Json.Nodes;

namespace Clinic.SystemTests;

/// <summary>One client from referral to withdrawal, half over the bus, half over HTTP; no step before the last one's effect was seen.</summary>
public sealed class TheWholeStory(RunningClinic clinic)
{
    private readonly Walk walk = new(clinic);

    [Fact]
    public async Task From_referral_to_withdrawal()
    {
        await Intake();
        await Consent();
        await Session();
        await Feedback();
        await Disclosure();
        await Withdrawal();
        await Audit();
    }

    private async Task Intake()
    {
        var referralId = "r-" + walk.ClientId;
        await Bus("intake.receive-referral.v1", new { referralId, source = "gp", reasonCodes = new[] { "low-mood" }, urgency = "routine" });
        await clinic.Ear.Wait("intake.referral-received.v1", "referralId", referralId);
        await Bus("intake.register-client.v1", new
        {
            walk.ClientId,
            route = "referral",
            identityMode = "pseudonymous",
            ageBand = "25-34",
            language = "en",
            region = "GB",
            accessibility = Array.Empty<string>(),
            referralId
        });
        (await Told("intake.client-registered.v1"))["referralId"].ShouldBe(referralId);

        await clinic.Assign(walk.ClientId, walk.Therapist);

        await Web("intake.submit-screen.v1", Screen("phq-9", [2, 2, 2, 2, 2, 2, 2, 1, 1]), walk.Client);
        var screened = await Told("intake.screening-completed.v1");
        (screened["total"], screened["band"]).ShouldBe(("16", "moderately-severe"));
        (await Told("intake.follow-up-screen-requested.v1"))["reason"].ShouldBe("phq-9-item-9");
        // nobody decides over an open question
        await Web("intake.verify-licence.v1", new
        {
            practitionerId = walk.Therapist.Id,
            profession = "psychotherapist",
            number = Walk.Private,
            jurisdiction = "GB",
            source = "register",
            expiresAt = DateTimeOffset.UtcNow.AddYears(1)
        }, Person.Operator());
        (await clinic.Post("intake.decide-suitability.v1", Suitable(referralId), walk.Therapist)).Refused("follow_up_screen_open");

        await Web("intake.submit-screen.v1", Screen("c-ssrs", [1, 0, 0, 0, 0, 0]), walk.Client);
        await Web("intake.triage-risk.v1", new
        {
            walk.ClientId,
            triageId = "t-" + walk.ClientId,
            source = "c-ssrs",
            tier = "low",
            actionDueAt = DateTimeOffset.UtcNow.AddDays(7)
        }, walk.Therapist);
        (await Told("intake.risk-triaged.v1"))["tier"].ShouldBe("low");
        await Bus("intake.record-emergency-plan.v1", new
        {
            walk.ClientId,
            contactRef = "v-1",
            usualLocationRef = "v-2",
            localServices = Walk.Private,
            reviewBy = Walk.Day(90)
        });
        await Told("intake.emergency-plan-recorded.v1");
        await walk.Prepared();
        (await Told("intake.identity-proofed.v1"))["level"].ShouldBe("ial2");
        await Told("intake.safety-education-acknowledged.v1");
        var decided = await Web("intake.decide-suitability.v1", Suitable(referralId), walk.Therapist);
        await Told("intake.suitability-decided.v1");

        var card = (await clinic.Get("intake", $"/clients/{walk.ClientId}/safety-card", walk.Therapist, receipt: decided.Receipt)).Accepted().Body;
        (Text(card, "tier"), Text(card, "suitability"), Text(card, "decidedBy")).ShouldBe(("low", "online", walk.Therapist.Id));
        (await clinic.List("intake", "/worklist", Person.Supervisor()))
            .Single(row => Text(row, "referralId") == referralId)!["status"]!.GetValue<string>().ShouldBe("online");
    }

    private async Task Consent()
    {
        var proposed = await Told("consent.proposed.v1");
        proposed["documentId"].ShouldBe("online-therapy");
        var care = proposed["directiveId"]!;
        (await clinic.Post("session.book-session.v1", walk.Booking(), walk.Client)).Refused("consent_missing");
        await Bus("consent.grant-consent.v1", walk.Grant(care));
        (await Told("consent.granted.v1"))["directiveVersion"].ShouldBe("2");
        await Eventually.True(async () => await clinic.Ledger("session").Count("consent_noted", "directiveId", care) == 1, "session to know");

        await Web("consent.register-recipient.v1",
            new { walk.RecipientId, name = Walk.Private, address = Walk.Private, busUser = clinic.NorthHarbour.User, publicKey = RecipientKey.Shared.Jwk }, Person.Operator());
        await Web("consent.propose-consent.v1", walk.Proposal(), walk.Therapist);
        await Bus("consent.grant-consent.v1", walk.Grant(walk.SharingDirective));
        var directives = (await clinic.Get("consent", $"/clients/{walk.ClientId}/consents", walk.Therapist)).Accepted().Body["directives"]!.AsArray();
        directives.Count.ShouldBe(2);
        directives.ShouldAllBe(directive => directive!["active"]!.GetValue<bool>());
    }

    private async Task Session()
    {
        await Bus("session.book-session.v1", walk.Booking(1));
        await Bus("session.book-session.v1", walk.Booking(2));
        await clinic.Ear.Wait("session.scheduled.v1", "sessionId", walk.SessionId(2));
        await Eventually.True(async () => await clinic.Ledger("session").Value<bool>(
            "select count(*) = 2 from clinic.consumer where as_of > clock_timestamp() - interval '5 seconds'"), "fresh facts");
        await Web("session.start-session.v1", walk.Start(), walk.Therapist);
        (await Told("session.gate-evaluated.v1"))["passed"].ShouldBe("true");
        await Told("session.started.v1");
        var ended = await Web("session.end-session.v1",
            new { sessionId = walk.SessionId(), actualMinutes = 48, attendance = "attended", endReason = "completed" }, walk.Therapist);
        (await Told("session.ended.v1"))["actualMinutes"].ShouldBe("48");
        var calendar = (await clinic.Get("session", $"/clients/{walk.ClientId}/sessions", walk.Therapist, receipt: ended.Receipt)).Accepted().Body.AsArray();
        calendar.Select(row => Text(row!, "status")).ShouldBe(["ended", "scheduled"]);
    }

    private async Task Feedback()
    {
        await Web("feedback.submit-measure.v1", new
        {
            responseId = "m-" + walk.ClientId,
            walk.ClientId,
            instrument = "phq-9",
            version = "1",
            items = new int?[] { 1, 1, 0, 1, 0, 1, 0, 0, 2 },
            language = "en"
        }, walk.Client);
        (await Told("feedback.measure-scored.v1"))["total"].ShouldBe("6");
        var alertId = (await Told("feedback.safety-alert-raised.v1"))["alertId"]!;
        (await Told("intake.safety-alert-noted.v1"))["alertId"].ShouldBe(alertId);
        await Eventually.True(async () => (await clinic.Get("intake", $"/clients/{walk.ClientId}/safety-card", walk.Therapist)).Accepted()
            .Body["alerts"]!.AsArray().Any(alert => alert!.GetValue<string>() == alertId), "the alert on the safety card");

        // only a clinician closes it
        (await clinic.Post("feedback.resolve-alert.v1", new { alertId, action = "called" }, new Person("peer-1", "peer-supporter"))).Refused("forbidden", 403);
        await Web("feedback.acknowledge-alert.v1", new { alertId }, walk.Therapist);
        await Web("feedback.resolve-alert.v1", new { alertId, action = Walk.Private }, walk.Therapist);
        (await Told("feedback.safety-alert-resolved.v1"))["alertId"].ShouldBe(alertId);
    }

    private async Task Disclosure()
    {
        (await clinic.NorthHarbour.Command("consent.request-disclosure.v1", walk.Request())).Accepted();
        (await Told("consent.disclosure-permitted.v1"))["directiveId"].ShouldBe(walk.SharingDirective);

        var (package, hash) = await clinic.Release(walk.DisclosureId(), walk.Recipient);

        var content = package.Accepted().Body["content"]!["attendance"]!.AsArray();
        content.Select(row => (Text(row!, "status"), row!["actualMinutes"]?.GetValue<int>())).ShouldBe([("ended", 48), ("scheduled", null)]);
        Walk.Hash(package.Text).ShouldBe(hash);
        (await Told("consent.disclosure-made.v1"))["contentHash"].ShouldBe(hash);
        (await clinic.NorthHarbour.Command("consent.acknowledge-disclosure.v1", new { disclosureId = walk.DisclosureId(), contentHash = hash })).Accepted();
        await Told("consent.disclosure-delivered.v1");
        await Eventually.True(async () => (await clinic.Get("consent", $"/clients/{walk.ClientId}/accounting", walk.Therapist)).Accepted()
            .Body.AsArray().ShouldHaveSingleItem()!["delivery"]?.GetValue<string>() == "delivered", "delivery in the accounting");
    }

    private async Task Withdrawal()
    {
        // everything at once, and no reason given
        await Bus("consent.withdraw-consent.v1", new { walk.ClientId, requestedBy = walk.ClientId, channel = "telephone" });
        (await clinic.Ear.Wait("session.cancelled.v1", "sessionId", walk.SessionId(2)))["by"].ShouldBe("consent-withdrawn");
        (await clinic.NorthHarbour.Command("consent.request-disclosure.v1", walk.Request(2))).Accepted();
        (await clinic.Ear.Wait("consent.disclosure-denied.v1", "disclosureId", walk.DisclosureId(2)))["reasonCode"].ShouldBe("consent_withdrawn");
    }

    private async Task Audit()
    {
        await Trail.Complete(clinic);
        await Eventually.True(async () => (await Lines()).Any(line => Text(line, "type") == "consent.disclosure-denied.v1"), "the trail to be complete");
        var trail = await Lines();
        var made = trail.Single(line => Text(line, "type") == "consent.disclosure-made.v1");
        (Text(made, "directiveId"), Text(made, "disclosureId"), Text(made, "actor")).ShouldBe((walk.SharingDirective, walk.DisclosureId(), walk.Recipient.Id));
        // who was shown what: the clinicians' looks, and the recipient's at the content it was given
        var views = trail.Where(line => Text(line, "type") == "record.viewed.v1").ToArray();
        views.ShouldContain(line => Text(line, "producer") == "intake" && Text(line, "actor") == walk.Therapist.Id);
        views.ShouldContain(line => Text(line, "producer") == "session" && Text(line["body"]!, "releaseId") == walk.DisclosureId());
        trail.ShouldAllBe(line => Text(line, "eventHash") != null);
        trail.Where(line => Text(line, "type") == "consent.withdrawn.v1").Count().ShouldBe(2);
    }

    private async Task<JsonNode[]> Lines() =>
        [.. (await clinic.Get("audit", $"/trail?clientId={walk.ClientId}", Person.Auditor(), "HLEGAL")).Accepted().Body.AsArray().Select(row => row!)];

    private async Task<Answer> Bus(string contract, object body) => (await clinic.NorthEhr.Command(contract, body)).Accepted();

    private async Task<Answer> Web(string contract, object body, Person by) => (await clinic.Post(contract, body, by)).Accepted();

    private Task<Heard> Told(string type) => clinic.Ear.Wait(type, "clientId", walk.ClientId);

    private object Screen(string instrument, int?[] items) =>
        new { walk.ClientId, screenId = $"{instrument}-{walk.ClientId}", instrument, version = "1", items, language = "en" };

    private object Suitable(string referralId) => new
    {
        walk.ClientId,
        decision = "online",
        category = "therapist-supported",
        modalities = new[] { "video" },
        exclusions = Array.Empty<string>(),
        rationale = Walk.Private,
        reviewBy = Walk.Day(90),
        referralId
    };

    private static string? Text(JsonNode node, string member) => node[member]?.GetValue<string>();
}
