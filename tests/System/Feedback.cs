using System.Text.Json.Nodes;

namespace Clinic.SystemTests;

/// <summary>Measures and what follows from them, as clients, clinicians and clinic systems see it.</summary>
public sealed class Feedback(RunningClinic clinic)
{
    private static readonly int?[] Sixteen = [2, 2, 2, 2, 2, 2, 2, 2, 0];
    private static readonly int?[] Four = [1, 1, 1, 1, 0, 0, 0, 0, 0];

    [Fact, Trait("Scenario", "T9"), Trait("Scenario", "T10")]
    public async Task Item_nine_reaches_people_however_low_the_total_and_however_much_is_missing()
    {
        var minimal = await new Walk(clinic).Registered();
        await Measure(minimal, "m-1", "phq-9", [1, 1, 1, 0, 0, 0, 0, 0, 1]);
        var scored = await Told(minimal, "feedback.measure-scored.v1");
        (scored.Body["total"]!.GetValue<int>(), scored["band"]).ShouldBe((4, "minimal"));
        (await Told(minimal, "feedback.safety-alert-raised.v1"))["responseId"].ShouldBe($"m-1-{minimal.ClientId}");

        var incomplete = await new Walk(clinic).Registered();
        await Measure(incomplete, "m-1", "phq-9", [null, null, null, 0, 0, 0, 0, 0, 2]);
        scored = await Told(incomplete, "feedback.measure-scored.v1");
        (scored["validity"], scored.Body["total"]).ShouldBe(("invalid", null));
        (await Told(incomplete, "feedback.safety-alert-raised.v1"))["responseId"].ShouldBe($"m-1-{incomplete.ClientId}");
    }

    [Fact, Trait("Scenario", "T45"), Trait("Scenario", "T46")]
    public async Task A_serious_answer_silences_rule_sets_and_reaches_people()
    {
        var walk = await new Walk(clinic).Registered();
        await Web("feedback.set-feedback-preference.v1", new { walk.ClientId, level = 2, channels = new[] { "sms" }, timeZone = "Europe/London" }, walk.Client);
        await Measure(walk, "m-1", "phq-9", [1, 0, 0, 0, 0, 0, 0, 0, 2]);

        var alertId = (await Told(walk, "feedback.safety-alert-raised.v1"))["alertId"]!;
        var held = await Told(walk, "feedback.feedback-suppressed.v1");
        held["reasonCode"].ShouldBe("safety-alert-open");
        Heard? crisis = null;
        await Eventually.True(() => (crisis = clinic.Ear.All.FirstOrDefault(e =>
            e.Type == "notification.requested.v1" && e["template"] == "crisis-information" && e["clientId"] == walk.ClientId)) is not null, "crisis information to be sent");
        (crisis!["argument"], crisis["channel"]).ShouldBe(("GB", "sms"));
        (await clinic.Get("feedback", "/crisis-numbers?location=GB-SCT", walk.Client, purpose: null)).Accepted().Text.ShouldContain("116 123");
        (await clinic.Get("feedback", "/crisis-numbers?location=nowhere", walk.Client, purpose: null)).Accepted().Body["country"]!.GetValue<string>().ShouldBe("ZZ");

        await Eventually.True(async () =>
        {
            var measures = (await clinic.Get("feedback", $"/clients/{walk.ClientId}/fhir/QuestionnaireResponse", walk.Client, "PATRQT")).Accepted().Body;
            FhirSchema.Errors(measures).ShouldBeEmpty();
            return measures["entry"]?[0]!["resource"]!["item"]![8]!["answer"]![0]!["valueCoding"]!["code"]!.GetValue<string>() == "LA6570-1";
        }, "the answers as FHIR");
        (await clinic.Get("feedback", $"/clients/{walk.ClientId}/fhir/QuestionnaireResponse", Person.Auditor(), "HLEGAL")).Refused("forbidden", 403);
        // the client is shown nothing that a rule set made, and the supervisors see that somebody must write
        (await clinic.Get("feedback", $"/clients/{walk.ClientId}/feedback", walk.Client)).Accepted().Body.AsArray().ShouldBeEmpty();
        await Eventually.True(async () => (await List("/feedback-queue")).Any(row => Text(row, "clientId") == walk.ClientId), "the client in the queue");
        await Web("feedback.give-feedback.v1", new { feedbackId = "h-" + walk.ClientId, walk.ClientId, text = Walk.Private, inReplyTo = held["feedbackId"] }, walk.Therapist);
        await Eventually.True(async () => (await List("/feedback-queue")).All(row => Text(row, "clientId") != walk.ClientId), "the client out of the queue");
        var seen = (await clinic.Get("feedback", $"/clients/{walk.ClientId}/feedback", walk.Client)).Accepted().Body.AsArray().ShouldHaveSingleItem()!;
        (Text(seen, "kind"), Text(seen, "authorRole"), Text(seen, "text")).ShouldBe(("human", "therapist", Walk.Private));
        await Web("feedback.mark-feedback-viewed.v1", new { feedbackId = "h-" + walk.ClientId }, walk.Client);
        await Told(walk, "feedback.feedback-viewed.v1");

        // only a clinician closes it, and then rule sets speak again
        var peer = new Person("peer-" + walk.ClientId, "peer-supporter");
        (await clinic.Post("feedback.resolve-alert.v1", new { alertId, action = "called" }, peer)).Refused("forbidden", 403);
        await Web("feedback.resolve-alert.v1", new { alertId, action = Walk.Private }, walk.Therapist);
        await Told(walk, "feedback.safety-alert-resolved.v1");
        await Measure(walk, "m-2", "phq-9", Four);
        (await Told(walk, "feedback.automated-feedback-generated.v1"))["rulesetVersion"].ShouldBe("1");
    }

    [Fact]
    public async Task An_alert_nobody_takes_on_goes_to_whoever_is_on_call()
    {
        var walk = await new Walk(clinic, Person.South).Registered();
        var now = DateTimeOffset.UtcNow;
        (await clinic.SouthEhr.Command("feedback.assign-on-call.v1",
            new { dutyId = "duty-" + walk.ClientId, practitionerId = "ther-duty", level = 1, from = now.AddMinutes(-5), to = now.AddHours(1) })).Accepted();
        // for the rest of the next day nobody is: that shows while it can still be mended
        await Eventually.True(async () => (await clinic["feedback"].Health("ready"))!.Text.Contains("south: nobody from", StringComparison.Ordinal), "the gap in health", 30);
        (await clinic.Get("feedback", "/on-call", Person.Operator(Person.South), purpose: null)).Accepted().Body.AsArray().ShouldContain(row => Text(row!, "practitionerId") == "ther-duty");

        // a clinic that wants to act at once, so that no test waits an hour
        await using var hasty = clinic["feedback"].Again(new() { ["Feedback__UrgentAlertMinutes"] = "0" });
        hasty.Start();
        await hasty.Ready();
        // and one whose policy cannot be read does not start
        await using var mistaken = clinic["feedback"].Again(new() { ["Feedback__TimeZone"] = "Atlantis" });
        (await mistaken.RunToEnd(30)).ShouldNotBe(0);
        mistaken.Log.ShouldContain("Feedback__TimeZone");
        var alertId = "call-" + walk.ClientId;
        await clinic.Introduce(walk.Therapist);
        (await PostTo(hasty, "feedback.raise-alert.v1", new { alertId, walk.ClientId, sourceId = "telephone", urgent = true }, walk.Therapist)).Accepted();
        (await PostTo(hasty, "feedback.raise-alert.v1", new { alertId, walk.ClientId, sourceId = "telephone", urgent = true }, walk.Therapist)).Accepted();

        var escalated = await clinic.Ear.Wait("feedback.alert-escalated.v1", "alertId", alertId, Person.South);
        (escalated["level"], escalated["practitionerId"]).ShouldBe(("1", "ther-duty"));
        await Eventually.True(async () => (await clinic.List("feedback", "/alerts", Person.Supervisor(Person.South)))
            .Any(row => Text(row, "alertId") == alertId && Text(row, "status") == "escalated" && Text(row, "escalatedTo") == "ther-duty"), "the step on the board");
        (await clinic.Post("feedback.acknowledge-alert.v1", new { alertId }, walk.Therapist)).Accepted();
        await clinic.Ear.Wait("feedback.alert-acknowledged.v1", "alertId", alertId, Person.South);
        (await clinic.Ledger("feedback").Count("safety_alert_raised", "alertId", alertId, Person.South)).ShouldBe(1);
        (await clinic.SouthEhr.Command("feedback.withdraw-on-call.v1", new { dutyId = "duty-" + walk.ClientId, from = now.AddMinutes(-5) })).Accepted();
    }

    [Fact, Trait("Scenario", "T12"), Trait("Scenario", "T14"), Trait("Scenario", "T44")]
    public async Task Change_is_followed_and_what_was_wrong_is_taken_back()
    {
        var walk = await new Walk(clinic).Registered();
        await Web("feedback.begin-episode.v1", new { walk.ClientId, episodeId = "e-1", problem = "depression", modality = "video" }, walk.Therapist);
        await Web("feedback.request-measure.v1", new { requestId = "q-1", walk.ClientId, instrument = "phq-9", version = "1", dueAt = DateTimeOffset.UtcNow.AddDays(2) }, walk.Therapist);
        await Measure(walk, "m-1", "phq-9", Four);
        await Measure(walk, "m-2", "phq-9", Sixteen);
        (await Told(walk, "feedback.change-assessed.v1"))["class"].ShouldBe("deteriorated");
        var alert = await Told(walk, "feedback.deterioration-alert-raised.v1");
        await Eventually.True(async () => (await List("/supervision")).Any(row => Text(row, "clientId") == walk.ClientId && Text(row, "trigger") == "deterioration"), "supervision is asked");

        // two marks were read wrongly
        await Web("feedback.correct-measure.v1", new { responseId = $"m-3-{walk.ClientId}", walk.ClientId, supersedes = $"m-2-{walk.ClientId}", items = new int?[] { 1, 1, 1, 1, 1, 0, 0, 0, 0 } }, walk.Therapist);
        (await Told(walk, "feedback.alert-retracted.v1"))["alertId"].ShouldBe(alert["alertId"]);
        await Measure(walk, "s-1", "srs", [90, 90, 90, 89]);
        (await Told(walk, "feedback.alliance-alert-raised.v1"))["ruleId"].ShouldBe("srs-below-36");
        var last = await Measure(walk, "s-2", "srs", [90, 90, 90, 90]);

        var scores = (await clinic.Get("feedback", $"/clients/{walk.ClientId}/scores", walk.Client, "PATRQT", last)).Accepted().Body.AsArray();
        scores.Select(row => (Text(row!, "instrument"), row!["total"]!.GetValue<int>(), row["supersededBy"] is null)).ShouldBe(
            [("phq-9", 4, true), ("phq-9", 16, false), ("phq-9", 5, true), ("srs", 359, true), ("srs", 360, true)]);
        (await clinic.Get("feedback", $"/clients/{walk.ClientId}/alliance", walk.Therapist)).Accepted().Body.AsArray().Select(row => Text(row!, "band")).ShouldBe(["discuss", "no-concern"]);
        (await clinic.Get("feedback", $"/clients/{walk.ClientId}/measure-requests", walk.Therapist, receipt: last)).Accepted().Body.AsArray().ShouldHaveSingleItem()!["responseId"]!
            .GetValue<string>().ShouldBe($"m-1-{walk.ClientId}");

        await Web("feedback.end-episode.v1", new { walk.ClientId, episodeId = "e-1" }, walk.Therapist);
        (await Told(walk, "feedback.recovery-assessed.v1"))["outcome"].ShouldBe("not-a-case");
        await Eventually.True(async () => (await clinic.Get("feedback", "/recovery", Person.Supervisor())).Accepted().Body.AsArray().Any(row =>
            (Text(row!, "problem"), Text(row!, "modality"), Text(row!, "outcome")) == ("depression", "video", "not-a-case")), "the episode in the report");

        // what was meant is told beside what was written; a boundary is not for the therapist's eyes
        await Web("feedback.report-misinterpretation.v1", new { concernId = "con-" + walk.ClientId, walk.ClientId, description = Walk.Private, messageId = "m-9" }, walk.Client);
        await Web("feedback.repair-concern.v1", new { concernId = "con-" + walk.ClientId, action = Walk.Private }, walk.Therapist);
        await Web("feedback.raise-boundary-concern.v1", new { concernId = "bou-" + walk.ClientId, walk.ClientId, description = Walk.Private }, walk.Client);
        (await Told(walk, "feedback.concern-repaired.v1"))["repairedBy"].ShouldBe(walk.Therapist.Id);
        await Eventually.True(async () => (await clinic.Get("feedback", $"/clients/{walk.ClientId}/concerns", Person.Supervisor())).Accepted().Body.AsArray().Count == 2, "both concerns");
        var concern = (await clinic.Get("feedback", $"/clients/{walk.ClientId}/concerns", walk.Therapist)).Accepted().Body.AsArray().ShouldHaveSingleItem()!;
        (Text(concern, "messageId"), Text(concern, "description"), Text(concern, "action")).ShouldBe(("m-9", Walk.Private, Walk.Private));
    }

    [Fact, Trait("Scenario", "T29"), Trait("Scenario", "T41")]
    public async Task A_gateway_answers_once_and_what_waits_is_called_off_when_the_client_stops()
    {
        var walk = await new Walk(clinic).InSession();
        await Web("feedback.set-feedback-preference.v1", new { walk.ClientId, level = 1, channels = new[] { "sms" } }, walk.Client);
        await Measure(walk, "m-1", "phq-9", Four);
        var first = await Asked(walk, await About(walk, "m-1"));
        first["recipient"].ShouldBe("client:" + walk.ClientId);

        // the gateway's answer comes twice, as it may
        var answer = new { notificationId = first["notificationId"], channel = "sms", deliveredAt = DateTimeOffset.UtcNow };
        (await clinic.NorthEhr.Command("feedback.report-notification-delivered.v1", answer, "sent-" + walk.ClientId)).Accepted();
        (await clinic.NorthEhr.Command("feedback.report-notification-delivered.v1", answer, "sent-" + walk.ClientId)).Accepted();
        (await clinic.NorthEhr.Command("feedback.report-notification-delivered.v1", answer)).Accepted();
        await clinic.Ear.Wait("notification.delivered.v1", "notificationId", first["notificationId"]!);
        (await Told(walk, "feedback.feedback-delivered.v1"))["channel"].ShouldBe("sms");
        (await clinic.Ledger("feedback").Count("notification_delivered", "notificationId", first["notificationId"]!)).ShouldBe(1);

        await Measure(walk, "m-2", "gad-7", [0, 0, 0, 0, 0, 0, 0]);
        var second = await Asked(walk, await About(walk, "m-2"));
        await Web("session.stop-session.v1", new { sessionId = walk.SessionId(), by = "client" }, walk.Client);
        (await clinic.Ear.Wait("notification.cancelled.v1", "notificationId", second["notificationId"]!))["reasonCode"].ShouldBe("client-stopped");
        (await clinic.NorthEhr.Command("feedback.report-notification-failed.v1",
            new { notificationId = "nothing", channel = "sms", reasonCode = "unreachable" })).Refused("notification_unknown");
        (await clinic.Ledger("feedback").Count("notification_cancelled", "notificationId", first["notificationId"]!)).ShouldBe(0);
    }

    [Fact, Trait("Scenario", "T53"), Trait("Scenario", "T55")]
    public async Task Views_made_anew_are_the_same_and_say_nothing_outside()
    {
        var walk = await new Walk(clinic).Registered();
        await Measure(walk, "m-1", "phq-9", [3, 3, 3, 3, 3, 3, 3, 3, 3]);
        await Web("feedback.give-feedback.v1", new { feedbackId = "h-" + walk.ClientId, walk.ClientId, text = Walk.Private }, walk.Therapist);
        await Trail.Complete(clinic);
        var (before, published) = (await Views(), await Published());
        await clinic["feedback"].Rebuild();
        (await Views()).ShouldBe(before);
        (await Published()).ShouldBe(published);

        // with the key gone the same events give the same rows, and nobody can read what was written
        (await clinic.Post("intake.request-erasure.v1", new { erasureId = "e-" + walk.ClientId, walk.ClientId, ground = "client-request" }, Person.Operator())).Accepted();
        await clinic.Ear.Wait("intake.erasure-completed.v1", "erasureId", "e-" + walk.ClientId, seconds: 90);
        await clinic["feedback"].Rebuild("scores", "feedback");
        (await clinic.Get("feedback", $"/clients/{walk.ClientId}/scores", walk.Therapist)).Accepted().Body.AsArray().ShouldHaveSingleItem()!["total"]!.GetValue<int>().ShouldBe(27);
        var written = (await clinic.Get("feedback", $"/clients/{walk.ClientId}/feedback", walk.Therapist)).Accepted().Body.AsArray().Single(row => Text(row!, "kind") == "human")!;
        Text(written, "text").ShouldBe("(erased)");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Measures_leave_as_scores_and_only_with_their_label(bool permitted)
    {
        var walk = await new Walk(clinic).Registered();
        await Measure(walk, "m-1", "phq-9", Sixteen);
        await walk.SharingOf("measures", permitted ? "MH" : null);
        await Web("consent.request-disclosure.v1", walk.Request("measures"), walk.Recipient);
        var measures = (await clinic.Release(walk.DisclosureId(), walk.Recipient)).Answer.Accepted().Body["content"]!["measures"]!.AsArray();
        measures.Select(row => (Text(row!, "instrument"), row!["total"]!.GetValue<int>(), row["items"])).ShouldBe(permitted ? [("phq-9", 16, null)] : []);
        foreach (var response in measures.Select(row => row!["fhir"]!))
        {
            FhirSchema.Errors(response).ShouldBeEmpty();
            (Text(response["subject"]!["identifier"]!, "value"), response["item"]![0]!["answer"]![0]!["valueInteger"]!.GetValue<int>()).ShouldBe((walk.ClientId, 16));
            response["item"]!.AsArray().Select(item => Text(item!, "linkId")).ShouldBe(["/44261-6", "band", "validity", "scorer"], "the score, and no answer");
        }
    }

    /// <summary>Every row of every view of feedback, as one text.</summary>
    private async Task<string> Views()
    {
        var rows = new List<string>();
        foreach (var table in new[] { "scores", "alerts", "measure_requests", "answers_due", "supervision", "feedback_items", "concerns", "recovery", "on_call" })
            rows.AddRange((await clinic.Ledger("feedback").Rows($"select * from views.{table}")).Select(row => $"{table} {row.ToJsonString()}"));
        rows.Sort(StringComparer.Ordinal);
        return Walk.Hash(string.Join('\n', rows));
    }

    private Task<long> Published() => clinic.Ledger("feedback").Value<long>("select count(*) from clinic.publication");

    private async Task<string?> Measure(Walk walk, string responseId, string instrument, int?[] items) => (await clinic.Post("feedback.submit-measure.v1",
        new { responseId = $"{responseId}-{walk.ClientId}", walk.ClientId, instrument, version = "1", items, language = "en" }, walk.Client)).Accepted().Receipt;

    private async Task<Heard> Asked(Walk walk, string cause)
    {
        var asked = await clinic.Ear.Wait("notification.requested.v1", "causeId", cause);
        asked["clientId"].ShouldBe(walk.ClientId);
        return asked;
    }

    /// <summary>What a rule set said about an answer.</summary>
    private async Task<string> About(Walk walk, string responseId)
    {
        Heard? said = null;
        await Eventually.True(() => (said = clinic.Ear.All.FirstOrDefault(e => e.Type == "feedback.automated-feedback-generated.v1"
            && e.Body["inputIds"]![0]!.GetValue<string>() == $"{responseId}-{walk.ClientId}")) is not null, $"feedback about {responseId}");
        return said!["feedbackId"]!;
    }

    private Task<JsonNode[]> List(string path) => clinic.List("feedback", path, Person.Supervisor());

    private Task<Heard> Told(Walk walk, string type) => clinic.Ear.Wait(type, "clientId", walk.ClientId);

    private async Task Web(string contract, object body, Person by) => (await clinic.Post(contract, body, by)).Accepted();

    private async Task<Answer> PostTo(ServiceProcess service, string contract, object body, Person by)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(service.Url, "/commands/" + contract))
        {
            Content = new StringContent(System.Text.Json.JsonSerializer.Serialize(body, Answer.Json), System.Text.Encoding.UTF8, "application/json")
        };
        request.Headers.Authorization = new("Bearer", clinic.Tokens.For(by));
        using var response = await clinic.Http.SendAsync(request);
        return new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static string? Text(JsonNode row, string member) => row[member]?.GetValue<string>();
}
