using System.Text.Json.Nodes;

namespace Clinic.SystemTests;

/// <summary>What happens between a booking and a signed note, through the public interfaces.</summary>
public sealed class CourseOfCare(RunningClinic clinic)
{
    [Fact, Trait("Scenario", "T2"), Trait("Scenario", "T4"), Trait("Scenario", "T38"), Trait("Scenario", "T39"), Trait("Scenario", "T59")]
    public async Task A_session_begins_where_and_when_everything_it_rests_on_holds_and_says_what_does_not()
    {
        var walk = await new Walk(clinic).Booked();
        var colleague = "ther-nv-" + walk.ClientId;
        await Accepted("intake.verify-licence.v1", new { practitionerId = colleague, profession = "psychotherapist", number = $"{Walk.Private}-1", jurisdiction = "US-NV", source = "register", expiresAt = DateTimeOffset.UtcNow.AddYears(1) }, Person.Operator());
        await Eventually.True(async () => await clinic.Ledger("session").Count("licence_noted", "practitionerId", colleague) == 1, "session knows the colleague's licence");
        await FreshFacts();
        (await CheckIn(walk, "US-NV", "Room 12")).Accepted();
        // who may treat the client there is named
        (await clinic.Ear.Wait("session.colleagues-offered.v1", "sessionId", walk.SessionId())).Text.ShouldContain(colleague);
        var refused = (await Start(walk)).Refused("gate_failed");
        refused.Text.ShouldContain("licence");
        refused.Text.ShouldNotContain("location-confirmed");
        // numbers to call are looked up for where the client is
        (await clinic.Ear.Wait("session.gate-evaluated.v1", "sessionId", walk.SessionId()))["jurisdiction"].ShouldBe("US-NV");
        (await CheckIn(walk, "GB-SCT", null)).Accepted();
        (await Start(walk)).Refused("gate_failed").Text.ShouldContain("location-confirmed");
        (await clinic.Ledger("session").Count("session_started", "sessionId", walk.SessionId())).ShouldBe(0);
        (await clinic.List("session", "/gate", Person.Supervisor(), purpose: null)).ShouldContain(row => row.ToJsonString().Contains(walk.SessionId(), StringComparison.Ordinal));

        (await CheckIn(walk, "GB-SCT", $"{Walk.Private} Street 1")).Accepted();
        var started = (await Start(walk)).Accepted();
        var gate = (await clinic.Ledger("session").Rows(
            "select data from mt_events where type = 'session_gate_evaluated' and data ->> 'sessionId' = $1 order by seq_id desc limit 1", walk.SessionId()))[0]["data"]!;
        gate["checks"]!.AsArray().Where(c => c!["name"]!.GetValue<string>() is "consent-treatment" or "licence" or "identity" or "suitability")
            .ShouldAllBe(c => c!["sourceVersion"] != null && c["ageSeconds"] != null);
        var row = (await Read(walk, "sessions", walk.Client, started.Receipt)).AsArray().Single(r => Text(r, "sessionId") == walk.SessionId());
        (Text(row, "status"), Text(row, "cueProfile")).ShouldBe(("in-progress", "video/1"));

        // nobody recorded who has not agreed to it
        (await clinic.Post("session.start-recording.v1", new { sessionId = walk.SessionId() }, walk.Therapist)).Refused("recording_consent_missing");
        (await clinic.Ear.Wait("session.recording-refused.v1", "sessionId", walk.SessionId()))["consentsMissing"].ShouldBe("1");

        // another booking: not on a platform that lives on advertising, and not by somebody less known than this care asks
        (await clinic.Post("session.approve-platform.v1", new
        {
            platformId = "free-calls",
            agreementRef = "agreement-2",
            e2ee = false,
            collectsForAdvertising = true,
            reviewBy = Walk.Day(180)
        }, Person.Operator())).Accepted();
        JsonNode Booking(string platform)
        {
            var booking = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(walk.Booking(2), Answer.Json))!;
            booking["platformId"] = platform;
            return booking;
        }
        (await clinic.Post("session.book-session.v1", Booking("free-calls"), walk.Client)).Refused("platform_consent_missing");
        (await clinic.Post("session.book-session.v1", Booking("never-heard-of"), walk.Client)).Refused("platform_not_approved");
        (await clinic.Post("intake.proof-identity.v1", new
        {
            walk.ClientId,
            proofingId = "again-" + walk.ClientId,
            level = "ial1",
            method = "remote-unattended",
            evidenceRef = "evidence-2",
            expiresAt = DateTimeOffset.UtcNow.AddYears(1)
        }, Person.Operator())).Accepted();
        await Eventually.True(async () => await clinic.Ledger("session").Count("identity_noted", "clientId", walk.ClientId) == 2, "session knows the lower level");
        (await clinic.Post("session.book-session.v1", walk.Booking(2), walk.Client)).Refused("identity_insufficient");
    }

    [Fact, Trait("Scenario", "T15"), Trait("Scenario", "T16"), Trait("Scenario", "T17"), Trait("Scenario", "T18"), Trait("Scenario", "T19")]
    public async Task Notes_are_signed_amended_and_kept_apart()
    {
        var walk = await new Walk(clinic).InSession();
        await Accepted("session.end-session.v1", new { sessionId = walk.SessionId(), actualMinutes = 48, attendance = "attended", endReason = "completed" }, walk.Therapist);
        var (progress, own) = ("n-" + walk.ClientId, "p-" + walk.ClientId);
        object Draft(DateTimeOffset? end) => new
        {
            noteId = progress,
            walk.ClientId,
            kind = "progress",
            text = $"{Walk.Private} sleeps better",
            labels = new[] { "MH" },
            sessionId = walk.SessionId(),
            startedAt = DateTimeOffset.UtcNow.AddMinutes(-50),
            endedAt = end
        };
        await Accepted("session.draft-note.v1", Draft(null), walk.Therapist);
        (await clinic.Post("session.sign-note.v1", new { noteId = progress, kind = "progress" }, walk.Therapist)).Refused("note_times_missing").Field.ShouldBe("endedAt");
        // a psychotherapy note may not be the only record
        await Accepted("session.draft-note.v1", new { noteId = own, walk.ClientId, kind = "psychotherapy", text = $"{Walk.Private} and I", labels = Array.Empty<string>(), sessionId = walk.SessionId() }, walk.Therapist);
        (await clinic.Post("session.sign-note.v1", new { noteId = own, kind = "psychotherapy" }, walk.Therapist)).Refused("progress_note_first");

        await Accepted("session.draft-note.v1", Draft(DateTimeOffset.UtcNow), walk.Therapist);
        await Accepted("session.sign-note.v1", new { noteId = progress, kind = "progress" }, walk.Therapist);
        var signed = await clinic.Ear.Wait("session.note-signed.v1", "noteId", progress);
        signed["cosignatureNeeded"].ShouldBe("false");
        var amended = await Accepted("session.amend-note.v1", new { noteId = progress, kind = "progress", text = $"{Walk.Private} sleeps worse", reason = $"{Walk.Private} misheard" }, walk.Therapist);
        (await clinic.Ear.Wait("session.note-amended.v1", "noteId", progress))["previousHash"].ShouldBe(signed["contentHash"]);
        var texts = (await Read(walk, "notes/" + progress, walk.Therapist))["texts"]!.AsArray();
        texts.Select(t => (Text(t, "contentHash"), Text(t, "text"))).First().ShouldBe((signed["contentHash"]!, $"{Walk.Private} sleeps better"));
        Text(texts[1], "text").ShouldBe($"{Walk.Private} sleeps worse");

        await Accepted("session.sign-note.v1", new { noteId = own, kind = "psychotherapy" }, walk.Therapist);
        // what a client takes away says what it leaves out
        var export = await Read(walk, "notes", walk.Client, amended.Receipt);
        export["notes"]!.AsArray().ShouldHaveSingleItem();
        export["omitted"]!.AsArray().Select(o => o!.GetValue<string>()).ShouldBe(["psychotherapy-notes"]);
        export.ToJsonString().ShouldNotContain("and I");

        Text((await Read(walk, "psychotherapy-notes/" + own, walk.Therapist))["texts"]![0], "text").ShouldBe($"{Walk.Private} and I");
        (await clinic.Ear.Wait("record.viewed.v1", "projection", "psychotherapy-note"))["viewerRole"].ShouldBe("therapist");
        (await clinic.Get("session", $"/clients/{walk.ClientId}/psychotherapy-notes/{own}", Person.Supervisor())).Refused("originator_only", 403);
        (await clinic.Ear.Wait("session.psychotherapy-note-denied.v1", "noteId", own))["viewer"].ShouldBe("sup-1");

        // two categories leave: what is labelled with more than the client permits stays
        var sharing = "notes-" + walk.ClientId;
        await walk.Sharing();
        await Accepted("session.open-thread.v1", Thread(walk), walk.Client);
        await Accepted("session.send-message.v1", new { threadId = "th-" + walk.ClientId, messageId = "m1", text = $"{Walk.Private} hello", labels = new[] { "MH" } }, walk.Client);
        await Accepted("session.send-message.v1", new { threadId = "th-" + walk.ClientId, messageId = "m2", text = $"{Walk.Private} drank", labels = new[] { "SUD" } }, walk.Client);
        var last = await Accepted("session.send-message.v1", new { threadId = "th-" + walk.ClientId, messageId = "m3", text = $"{Walk.Private} secret", sharingLevel = "private" }, walk.Client);
        await Read(walk, "threads", walk.Client, last.Receipt);
        await Accepted("consent.propose-consent.v1", Sharing(walk, sharing), walk.Therapist);
        await Accepted("consent.grant-consent.v1", walk.Grant(sharing), walk.Client);
        await Accepted("consent.request-disclosure.v1", Request(walk), walk.Recipient);
        var released = (await clinic.Release(walk.DisclosureId(7), walk.Recipient)).Answer.Accepted();
        released.Text.ShouldContain("sleeps worse");
        released.Text.ShouldContain($"{Walk.Private} hello");
        foreach (var held in new[] { "sleeps better", "and I", "drank", "secret" }) released.Text.ShouldNotContain(held);
    }

    [Fact, Trait("Scenario", "T44")]
    public async Task Messages_are_drafted_sent_answered_hidden_and_never_lost()
    {
        var walk = await new Walk(clinic).Consented();
        var thread = "th-" + walk.ClientId;
        await Accepted("session.open-thread.v1", Thread(walk), walk.Client);
        await Accepted("session.save-draft.v1", new { threadId = thread, messageId = "m1", text = $"{Walk.Private} first thoughts", labels = Array.Empty<string>() }, walk.Client);
        // a draft is its author's alone, and nothing was sent
        (await Read(walk, "threads/" + thread, walk.Client))["drafts"]!.AsArray().ShouldHaveSingleItem();
        (await Read(walk, "threads/" + thread, walk.Therapist)).ToJsonString().ShouldNotContain("first thoughts");
        clinic.Ear.All.ShouldNotContain(e => e.Type == "session.message-sent.v1" && e["threadId"] == thread);

        await Accepted("session.send-message.v1", new { threadId = thread, messageId = "m1" }, walk.Client);
        var sent = await clinic.Ear.Wait("session.message-sent.v1", "threadId", thread);
        (sent["direction"], sent["authorRole"], sent["timeZone"]).ShouldBe(("from-client", "client", "Europe/London"));
        await Accepted("session.send-message.v1", new { threadId = thread, messageId = "m2", text = $"{Walk.Private} to the second point", inReplyTo = "m1", inReplyToPart = "p2" }, walk.Therapist);
        await Accepted("session.set-sharing-level.v1", new { threadId = thread, itemId = "m1", level = "private" }, walk.Client);
        var seen = (await Read(walk, "threads/" + thread, Person.Supervisor()))["messages"]!.AsArray();
        (Text(seen[0], "withheld"), seen[0]!["text"]).ShouldBe(("sharing-level", null));
        Text(seen[1], "inReplyToPart").ShouldBe("p2");

        // whoever misread it: hidden, and the log still has it
        var retracted = await Accepted("session.retract-message.v1", new { threadId = thread, messageId = "m2" }, walk.Therapist);
        var shown = (await Read(walk, "threads/" + thread, walk.Client))["messages"]!.AsArray();
        (Text(shown[1], "withheld"), shown[1]!["text"]).ShouldBe(("retracted", null));
        Text(shown[0], "text").ShouldBe($"{Walk.Private} first thoughts");
        (await clinic.Ledger("session").Count("message_sent", "messageId", "m2")).ShouldBeGreaterThan(0);

        var row = (await Read(walk, "threads", walk.Client, retracted.Receipt)).AsArray().ShouldHaveSingleItem()!;
        (Text(row, "status"), row["messages"]!.GetValue<int>(), row["replyHours"]!.GetValue<int>()).ShouldBe(("awaiting-client", 2, 48));
        await Eventually.True(() => clinic.Ledger("session").Value<bool>("select exists (select from clinic.deadline where name = 'gap' and stream_id = $1)", "thread-" + thread), "silence is watched");
        (await clinic.Get("session", "/inbox", walk.Therapist, purpose: null)).Accepted().Body.AsArray().ShouldContain(r => Text(r, "threadId") == thread);
        // a client's course needs no more than consent
        await Accepted("session.enrol-course.v1", new { courseId = "c-" + walk.ClientId, walk.ClientId, protocol = "sleep", protocolVersion = "v1", category = "self-guided", modules = new[] { "one", "two" } }, walk.Client);
        await Accepted("session.start-module.v1", new { courseId = "c-" + walk.ClientId, moduleId = "one" }, walk.Client);
        await Accepted("session.complete-module.v1", new { courseId = "c-" + walk.ClientId, moduleId = "one", minutes = 20 }, walk.Client);
        (await clinic.Post("session.complete-module.v1", new { courseId = "c-" + walk.ClientId, moduleId = "two", minutes = 20 }, walk.Client)).Refused("module_not_started");
        (await clinic.Ear.Wait("session.module-completed.v1", "courseId", "c-" + walk.ClientId))["minutes"].ShouldBe("20");
    }

    [Fact, Trait("Scenario", "T25"), Trait("Scenario", "T37"), Trait("Scenario", "T40"), Trait("Scenario", "T41")]
    public async Task Lines_break_licences_lapse_and_clients_stop()
    {
        var walk = await new Walk(clinic).InSession();
        await Accepted("intake.triage-risk.v1", new { walk.ClientId, triageId = "t-" + walk.ClientId, source = "session", tier = "moderate", actionDueAt = DateTimeOffset.UtcNow.AddDays(1) }, walk.Therapist);
        await Eventually.True(async () => await clinic.Ledger("session").Count("risk_noted", "clientId", walk.ClientId) == 1, "session knows the risk");
        await Accepted("session.report-disruption.v1", new { sessionId = walk.SessionId(), kind = "connection-lost", party = "practitioner" }, walk.Therapist);
        await Accepted("session.report-disruption.v1", new { sessionId = walk.SessionId(), kind = "connection-lost", party = "client" }, walk.Client);
        // reconnect, then another way, then the end, all by deadlines
        (await clinic.Ear.Wait("session.fallback-used.v1", "sessionId", walk.SessionId()))["modality"].ShouldBe("text");
        (await clinic.Ear.Wait("session.ended.v1", "sessionId", walk.SessionId()))["endReason"].ShouldBe("incomplete");
        await clinic.Ear.Wait("session.welfare-check-due.v1", "sessionId", walk.SessionId());
        clinic.Ear.All.Where(e => e.Type == "session.disruption-recorded.v1" && e["sessionId"] == walk.SessionId()).Select(e => e["disruption"]).Distinct().ShouldBe(["1"]);
        await Accepted("session.record-welfare-check.v1", new { sessionId = walk.SessionId(), outcome = "reached" }, walk.Therapist);

        // learnt today: what took place since yesterday is flagged, what is to come is held, and nothing is gone
        await Accepted("session.open-thread.v1", Thread(walk), walk.Client);
        await Accepted("intake.lapse-licence.v1", new { practitionerId = walk.Therapist.Id, jurisdiction = "GB", effectiveAt = DateTimeOffset.UtcNow.AddDays(-1), reasonCode = "not-renewed" }, Person.Operator());
        (await clinic.Ear.Wait("session.flagged.v1", "sessionId", walk.SessionId()))["reasonCode"].ShouldBe("licence-ended");
        await clinic.Ear.Wait("session.held.v1", "sessionId", walk.SessionId(2));
        await clinic.Ear.Wait("session.thread-reassignment-needed.v1", "clientId", walk.ClientId);
        (await clinic.Ledger("session").Count("session_ended", "sessionId", walk.SessionId())).ShouldBe(1);

        // stopped without a reason, and what was queued is not sent
        var stopping = await new Walk(clinic).Booked();
        await clinic.Ear.Wait("notification.requested.v1", "clientId", stopping.ClientId);
        await Accepted("session.stop-session.v1", new { sessionId = stopping.SessionId(), by = "client" }, stopping.Client);
        (await clinic.Ear.Wait("notification.cancelled.v1", "clientId", stopping.ClientId))["reasonCode"].ShouldBe("client-stopped");
        // a withdrawn consent stops no help in a crisis
        (await stopping.Withdraw(stopping.CareDirective)).Accepted();
        await Eventually.True(async () => await clinic.Ledger("session").Count("consent_noted", "directiveId", stopping.CareDirective) == 2, "session knows the withdrawal");
        await Accepted("session.start-crisis-contact.v1", new { contactId = "k-" + stopping.ClientId, stopping.ClientId, modality = "voice", basis = "vital-interest", jurisdiction = "GB" }, stopping.Therapist);
        (await clinic.Ear.Wait("session.crisis-contact-started.v1", "clientId", stopping.ClientId))["basis"].ShouldBe("vital-interest");
    }

    private static object Thread(Walk walk) => new
    {
        threadId = "th-" + walk.ClientId,
        walk.ClientId,
        practitionerId = walk.Therapist.Id,
        channel = "message",
        timeZone = "Europe/London"
    };

    private static object Sharing(Walk walk, string directive) => new
    {
        walk.ClientId,
        directiveId = directive,
        document = Documents.Reference(Documents.Sharing),
        scopes = new[]
        {
            new { kind = "disclosure", disclosure = new { walk.RecipientId, purpose = "TREAT", categories = new[] { "progress-notes", "messages" }, sensitivity = new[] { "MH" } } }
        }
    };

    private static object Request(Walk walk) => new
    {
        disclosureId = walk.DisclosureId(7),
        walk.ClientId,
        walk.RecipientId,
        purpose = "TREAT",
        purposeStatement = $"{Walk.Private} goes on",
        categories = new[] { "progress-notes", "messages" },
        periodFrom = Walk.Day(-30),
        periodTo = Walk.Day(2),
        legalBasis = "consent"
    };

    private Task<Answer> CheckIn(Walk walk, string jurisdiction, string? location) => clinic.Post("session.check-in.v1", new
    {
        sessionId = walk.SessionId(),
        jurisdiction,
        identityCheck = "login",
        privateSpace = true,
        secureNetwork = true,
        emergencyContactConfirmed = true,
        location
    }, walk.Client);

    private Task<Answer> Start(Walk walk) => clinic.Post("session.start-session.v1", walk.Start(), walk.Therapist);

    private async Task<Answer> Accepted(string contract, object body, Person by) => (await clinic.Post(contract, body, by)).Accepted();

    private async Task<JsonNode> Read(Walk walk, string path, Person by, string? receipt = null) =>
        (await clinic.Get("session", $"/clients/{walk.ClientId}/{path}", by, receipt: receipt)).Accepted().Body;

    private async Task FreshFacts() => await Eventually.True(async () => await clinic.Ledger("session").Value<bool>(
        "select count(*) = 2 from clinic.consumer where as_of > clock_timestamp() - interval '5 seconds'"), "fresh facts for the start gate");

    private static string? Text(JsonNode? node, string member) => node?[member]?.GetValue<string>();
}
