using System.Text.Json;
using System.Text.Json.Nodes;

namespace Clinic.SystemTests;

/// <summary>What goes over the bus may be read by every system of the clinic, and may lie in its queues for long.</summary>
public sealed class NothingPersonalOnTheBus(RunningClinic clinic)
{
    /// <summary>Members that hold what a person said, is called, or where they are.</summary>
    private static readonly string[] Inside =
        ["items", "rationale", "purposeStatement", "name", "address", "recipientName", "recipientAddress", "number", "reason", "reasonText",
         "localServices", "contactRef", "usualLocationRef", "signature", "grantor", "requestedBy", "action", "publicKey", "busUser", "issuer", "subject",
         "text", "draft", "location", "description", "salt"];

    private static readonly string[] Labels = ["labels", "label", "sensitivity"];

    /// <summary>Members of the same name that hold a code of ours.</summary>
    private static readonly (string Type, string Member)[] Codes =
        [("session.gate-evaluated.v1", "name"), ("intake.follow-up-screen-requested.v1", "reason")];

    [Fact, Trait("Scenario", "T58")]
    public async Task Neither_answers_nor_names_nor_free_text_in_any_event_or_answer_of_this_run()
    {
        var walk = await new Walk(clinic).InSession();
        await walk.Permitted();
        (await clinic.Release(walk.DisclosureId(), walk.Recipient)).Answer.Accepted();
        await walk.Measured(3, 2, 3, 1, 2, 3, 2, 1, 1);
        await clinic.Ear.Wait("intake.safety-alert-noted.v1", "clientId", walk.ClientId);
        // of a scale of four lines each line is an answer
        int[] marks = [31, 37, 41, 43];
        (await clinic.Post("feedback.submit-measure.v1",
            new { responseId = "s-" + walk.ClientId, walk.ClientId, instrument = "srs", version = "1", items = marks, language = "en" }, walk.Client)).Accepted();
        var rated = await clinic.Ear.Wait("feedback.measure-scored.v1", "responseId", "s-" + walk.ClientId);
        Members(rated.Body).Where(m => m.Value?.GetValueKind() == JsonValueKind.Number).ShouldHaveSingleItem().Value!.GetValue<int>().ShouldBe(marks.Sum());
        (await clinic.Post("feedback.resolve-alert.v1", new { alertId = await AlertOf(walk), action = $"{Walk.Private} was called" }, walk.Therapist)).Accepted();
        (await clinic.Post("session.stop-session.v1", new { sessionId = walk.SessionId(), by = "client", reason = $"{Walk.Private} has had enough" }, walk.Client)).Accepted();
        await Written(walk);
        (await walk.Withdraw(walk.SharingDirective)).Accepted();
        (await clinic.NorthHarbour.Command("consent.request-disclosure.v1", walk.Request(2))).Accepted();
        await Trail.Complete(clinic);
        await clinic.Ear.Wait("consent.disclosure-denied.v1", "disclosureId", walk.DisclosureId(2));

        var events = clinic.Ear.All;
        events.Select(e => e.Type).Distinct().Count().ShouldBeGreaterThan(15);
        foreach (var message in events)
        {
            message.Text.ShouldNotContain(Walk.Private, Case.Insensitive, message.Type);
            string.Join('\n', message.Headers.Values).ShouldNotContain(Walk.Private, Case.Insensitive, message.Type);
            Members(message.Body).ShouldAllBe(member => !Inside.Contains(member.Name) || IsCode(message.Type, member.Name), message.Type);
            // a label says what somebody is treated for
            Members(message.Body).ShouldNotContain(member => Labels.Contains(member.Name) && IsSaid(member.Value), message.Type);
            // item answers would be numbers in a row
            Members(message.Body).ShouldNotContain(member => IsNumbers(member.Value), message.Type);
        }
        foreach (var (_, answer) in clinic.NorthEhr.Answers.Concat(clinic.NorthHarbour.Answers))
            answer.Text.ShouldNotContain(Walk.Private, Case.Insensitive);
        // operators read logs, and logs are copied to places with other rules
        foreach (var service in RunningClinic.Names) clinic[service].Log.ShouldNotContain(Walk.Private, Case.Insensitive);
        // and the texts are where they belong, so this has looked for something that exists
        (await clinic.Get("consent", $"/clients/{walk.ClientId}/accounting", walk.Therapist)).Accepted().Text.ShouldContain(Walk.Private);
        // in the databases they are encrypted
        (await clinic.Ledger("feedback").Value<bool>(
            "select bool_or(coalesce(jsonb_typeof(data -> 'subscales'), '') = 'array') from mt_events where type = 'measure_scored' and data ->> 'responseId' = $1", "s-" + walk.ClientId))
            .ShouldBeFalse();
        foreach (var service in RunningClinic.Names)
            (await clinic.Ledger(service).Value<bool>("select coalesce(bool_or(data::text like $1), false) from mt_events", $"%{Walk.Private}%")).ShouldBeFalse(service);
    }

    /// <summary>Everything that may be said or written about a session, before the words are looked for.</summary>
    private async Task Written(Walk walk)
    {
        var (thread, note) = ("thread-" + walk.ClientId, "note-" + walk.ClientId);
        async Task Do(string contract, object body, Person by) => (await clinic.Post(contract, body, by)).Accepted();
        await Do("session.check-in.v1", new
        {
            sessionId = walk.SessionId(2),
            jurisdiction = "GB",
            identityCheck = "login",
            privateSpace = true,
            secureNetwork = true,
            emergencyContactConfirmed = true,
            location = $"{Walk.Private} Lane"
        }, walk.Client);
        await Do("session.raise-risk.v1", new { riskId = "risk-" + walk.ClientId, walk.ClientId, source = "session", severity = "moderate", description = $"{Walk.Private} worries", location = Walk.Private }, walk.Therapist);
        await Do("session.open-thread.v1", new { threadId = thread, walk.ClientId, practitionerId = walk.Therapist.Id, channel = "message", timeZone = "Europe/London" }, walk.Client);
        await Do("session.save-draft.v1", new { threadId = thread, messageId = "m1", text = $"{Walk.Private} draft", labels = Array.Empty<string>() }, walk.Client);
        await Do("session.send-message.v1", new { threadId = thread, messageId = "m1", text = $"{Walk.Private} message" }, walk.Client);
        await Do("session.draft-note.v1", new { noteId = note, walk.ClientId, kind = "progress", text = $"{Walk.Private} note", labels = Array.Empty<string>(), startedAt = DateTimeOffset.UtcNow, endedAt = DateTimeOffset.UtcNow }, walk.Therapist);
        await Do("session.sign-note.v1", new { noteId = note, kind = "progress" }, walk.Therapist);
        await Do("session.amend-note.v1", new { noteId = note, kind = "progress", text = $"{Walk.Private} again", reason = Walk.Private }, walk.Therapist);
        await Do("session.draft-note.v1", new { noteId = note, walk.ClientId, kind = "psychotherapy", text = $"{Walk.Private} mine", labels = Array.Empty<string>() }, walk.Therapist);
        await clinic.Ear.Wait("session.note-amended.v1", "noteId", note);
        await clinic.Ear.Wait("session.risk-event-raised.v1", "clientId", walk.ClientId);
    }

    private async Task<string> AlertOf(Walk walk) =>
        (await clinic.Ear.Wait("feedback.safety-alert-raised.v1", "clientId", walk.ClientId))["alertId"]!;

    private static bool IsCode(string type, string member) => Codes.Contains((type, member));

    private static bool IsNumbers(JsonNode? value) =>
        value is JsonArray items && items.Any(item => item?.GetValueKind() == JsonValueKind.Number);

    private static bool IsSaid(JsonNode? value) => value is JsonArray items ? items.Count > 0 : value is not null;

    private static IEnumerable<(string Name, JsonNode? Value)> Members(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(member => Members(member.Value).Prepend((member.Key, member.Value))),
        JsonArray a => a.SelectMany(Members),
        _ => []
    };
}
