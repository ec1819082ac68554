using System.Text.Json.Nodes;

namespace Clinic.SystemTests;

/// <summary>How clients come in, and what intake sees to before anybody treats them, through its public doors.</summary>
public sealed class WaysIn(RunningClinic clinic)
{
    private readonly Walk walk = new(clinic);

    [Fact, Trait("Scenario", "T1"), Trait("Scenario", "T2")]
    public async Task A_pseudonym_learns_without_saying_who_it_is_and_is_treated_only_when_that_is_known()
    {
        await walk.Registered();
        (await Enrol("education")).Accepted();
        (await Told("intake.client-enrolled.v1"))["identityLevel"].ShouldBe("none");
        (await Enrol("therapist-supported")).Refused("identity_level_too_low").Field.ShouldBe("category");
        // asked again it is refused alike, and on record once
        (await Enrol("therapist-supported")).Refused("identity_level_too_low");
        (await Told("intake.enrolment-refused.v1")).Body["failedChecks"]!.AsArray().Select(c => c!.GetValue<string>()).ShouldBe(["identity", "suitability", "emergency-plan"]);
        (await clinic.Ledger("intake").Count("enrolment_refused", "clientId", walk.ClientId)).ShouldBe(1);

        await walk.Suitable();
        (await Enrol("therapist-supported")).Accepted();
        (await clinic.Get("intake", $"/clients/{walk.ClientId}/identity", walk.Client, "PATRQT")).Accepted().Body["level"]!.GetValue<string>().ShouldBe("ial2");

        var escrow = $"/clients/{walk.ClientId}/identity-escrow";
        await Accepted("intake.link-pseudonym.v1", new { walk.ClientId, identityRef = "register-" + walk.ClientId, reasonCode = "therapist-supported" }, Person.Operator());
        (await clinic.Get("intake", escrow, walk.Therapist)).Refused("forbidden", 403);
        (await clinic.Get("intake", escrow, Person.Supervisor())).Accepted().Body["identityRef"]!.GetValue<string>().ShouldBe("register-" + walk.ClientId);
    }

    [Fact]
    public async Task Whom_nobody_can_call_sees_at_once_whom_they_can_call()
    {
        await Accepted("intake.register-client.v1", new
        {
            walk.ClientId,
            route = "self",
            identityMode = "anonymous",
            ageBand = "18-24",
            language = "en",
            region = "GB-SCT",
            accessibility = Array.Empty<string>()
        }, Person.Operator());
        await Screen("phq-9", [0, 0, 0, 0, 0, 0, 0, 0, 2]);
        await Eventually.True(async () => (await clinic.List("intake", "/worklist?waiting=true", Person.Supervisor())).Any(r =>
            r["clientId"]?.GetValue<string>() == walk.ClientId && (r["route"]!.GetValue<string>(), r["waitsFor"]!.GetValue<string>()) == ("self", "triage")), "who came alone to wait for triage");
        var screens = (await clinic.Get("intake", $"/clients/{walk.ClientId}/fhir/QuestionnaireResponse", walk.Client, "PATRQT")).Accepted().Body;
        FhirSchema.Errors(screens).ShouldBeEmpty();
        screens["entry"]!.AsArray().ShouldHaveSingleItem()!["resource"]!["item"]![8]!["answer"]![0]!["valueCoding"]!["code"]!.GetValue<string>().ShouldBe("LA6570-1");
        var told = await Told("intake.crisis-information-given.v1");
        (told["contactPossible"], told["region"]).ShouldBe(("false", "GB-SCT"));
        var shown = (await clinic.Get("intake", $"/clients/{walk.ClientId}/crisis-information", walk.Client, "PATRQT")).Accepted().Body;
        shown["showNow"]!.GetValue<bool>().ShouldBeTrue();
        shown["services"]!.AsArray().Select(s => s!["phone"]!.GetValue<string>()).ShouldContain("999");
    }

    [Fact, Trait("Scenario", "T13")]
    public async Task A_high_screen_is_a_crisis_in_the_same_append_until_a_clinician_closes_it()
    {
        await walk.Registered();
        var screened = await Screen("c-ssrs", [0, 0, null, null, null, 1], pastThreeMonths: true);
        (await Told("intake.crisis-activated.v1"))["trigger"].ShouldBe("c-ssrs-high");
        (await clinic.Ledger("intake").Value<long>("select count(distinct transaction_id) from (select xmin::text as transaction_id from mt_events where type in ('screening_completed', 'crisis_pathway_activated') and data ->> 'clientId' = $1) t", walk.ClientId)).ShouldBe(1);
        var row = await OnBoard(screened.Receipt);
        (row!["trigger"]!.GetValue<string>(), row["attempts"]!.GetValue<int>()).ShouldBe(("c-ssrs-high", 0));

        // the hour is over: a deadline fires, whichever instance and whatever restart comes between
        await Eventually.True(async () => await clinic.Ledger("intake").Value<long>("select count(*) from clinic.deadline where name = 'crisis-contact' and stream_id = $1", "client-" + walk.ClientId) == 1, "the deadline");
        await clinic.Ledger("intake").Execute($"update clinic.deadline set due_at = clock_timestamp() where name = 'crisis-contact' and stream_id = 'client-{walk.ClientId}'");
        (await Told("intake.crisis-contact-overdue.v1"))["caseId"].ShouldBe("c-ssrs-" + walk.ClientId);

        var close = new { walk.ClientId, plan = Walk.Private + " stays with her sister." };
        (await clinic.Post("intake.close-crisis.v1", close, walk.Client)).Refused("forbidden", 403);
        (await clinic.Post("intake.close-crisis.v1", close, walk.Therapist)).Refused("contact_missing");
        await Accepted("intake.record-crisis-contact.v1", new { walk.ClientId, attemptId = "call-1", method = "call", outcome = "reached" }, walk.Therapist);
        var closed = await Accepted("intake.close-crisis.v1", close, walk.Therapist);
        (await Told("intake.crisis-closed.v1"))["clinicianId"].ShouldBe(walk.Therapist.Id);
        (await OnBoard(closed.Receipt)).ShouldBeNull();
    }

    [Fact, Trait("Scenario", "T8"), Trait("Scenario", "T11")]
    public async Task Bands_change_exactly_where_the_instrument_says()
    {
        await walk.RegisteredOnly();
        foreach (var (total, band) in new[] { (4, "minimal"), (5, "mild"), (9, "mild"), (10, "moderate"), (14, "moderate"), (15, "moderately-severe"), (19, "moderately-severe"), (20, "severe") })
        {
            // item nine stays zero: no total alone alarms anybody
            int?[] items = [.. Enumerable.Range(0, 8).Select(i => (int?)Math.Clamp(total - (3 * i), 0, 3)), 0];
            (await clinic.Post("intake.submit-screen.v1",
                new { walk.ClientId, screenId = $"phq-{total}-{walk.ClientId}", instrument = "phq-9", version = "1", items, language = "en" }, walk.Client)).Accepted();
            var screened = await clinic.Ear.Wait("intake.screening-completed.v1", "screenId", $"phq-{total}-{walk.ClientId}");
            (screened["total"], screened["band"]).ShouldBe((total.ToString(), band));
        }
        (await clinic.Ledger("intake").Count("follow_up_screen_requested", "clientId", walk.ClientId)).ShouldBe(0);
    }

    [Fact]
    public async Task Who_has_a_poor_connection_is_offered_something_else_over_the_bus_and_answers()
    {
        await walk.Registered();
        (await clinic.NorthEhr.Command("intake.assess-technology.v1", new
        {
            walk.ClientId,
            assessmentId = "tech-" + walk.ClientId,
            device = "smartphone",
            bandwidth = "low",
            privateSpace = true,
            literacy = 1,
            supportNeeded = false,
            fallback = "phone"
        })).Accepted();
        (await Told("intake.tech-readiness-assessed.v1"))["readiness"].ShouldBe("poor");
        var offered = await Told("intake.alternative-offered.v1");
        offered.Body["options"]!.AsArray().Count.ShouldBe(3);
        await walk.Assessed();
        (await walk.Decide()).Refused("technology_offer_open");
        (await clinic.NorthEhr.Command("intake.answer-offer.v1", new { walk.ClientId, offerId = offered["offerId"], answer = "supporter" })).Accepted();
        (await Told("intake.offer-answered.v1"))["answer"].ShouldBe("supporter");
        (await walk.Decide()).Accepted();
        (await clinic.Get("intake", "/equity", Person.Supervisor())).Accepted().Body.AsArray().ShouldAllBe(
            band => band!["clients"] == null || band["clients"]!.GetValue<long>() >= 5);
    }

    [Fact, Trait("Scenario", "T3"), Trait("Scenario", "T37")]
    public async Task A_client_sees_who_treats_them_was_checked_and_a_lapse_learned_late_deletes_nothing()
    {
        await walk.Suitable();
        var profile = $"/practitioners/{walk.Therapist.Id}";
        var seen = (await clinic.Get("intake", profile, walk.Client)).Accepted().Body[0]!;
        seen["status"]!.GetValue<string>().ShouldBe("valid");
        seen["checkedAt"]!.GetValue<DateTimeOffset>().ShouldBeGreaterThan(DateTimeOffset.UtcNow.AddMinutes(-5));
        seen.ToJsonString().ShouldNotContain(Walk.Private, Case.Insensitive);
        var before = Uri.EscapeDataString(DateTimeOffset.UtcNow.ToString("O"));

        var lapsed = await Accepted("intake.lapse-licence.v1",
            new { practitionerId = walk.Therapist.Id, jurisdiction = "GB", effectiveAt = DateTimeOffset.UtcNow.AddDays(-1), reasonCode = "not-renewed" }, Person.Operator());
        (await clinic.Ear.Wait("intake.licence-lapsed.v1", "practitionerId", walk.Therapist.Id))["jurisdiction"].ShouldBe("GB");
        (await clinic.Get("intake", profile, walk.Client, receipt: lapsed.Receipt)).Accepted();
        await Eventually.True(async () => (await clinic.Get("intake", profile, walk.Client)).Body[0]!["status"]!.GetValue<string>() == "lapsed", "the client to see the lapse");
        (await Eligible("GB-SCT")).ShouldBe((false, "licence-lapsed"));
        // what was known before the lapse was learned
        (await Eligible("GB-SCT", $"&at={before}&knownAt={before}")).ShouldBe((true, ""));
        (await Eligible("IE")).ShouldBe((false, "licence-missing"));
        // the decision stands, in doubt
        var card = (await clinic.Get("intake", $"/clients/{walk.ClientId}/safety-card", walk.Therapist)).Accepted().Body;
        (card["suitability"]!.GetValue<string>(), card["decisionInDoubt"]!.GetValue<bool>()).ShouldBe(("online", true));
        (await clinic.Ledger("intake").Count("suitability_decided", "clientId", walk.ClientId)).ShouldBe(1);
        (await clinic.List("intake", "/eligible-practitioners?jurisdiction=GB", Person.Supervisor()))
            .Single(p => p["practitionerId"]!.GetValue<string>() == walk.Therapist.Id)!["eligible"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact, Trait("Scenario", "T20")]
    public async Task A_corrected_diagnosis_names_who_was_told_of_it_and_nobody_else()
    {
        await walk.Registered();
        foreach (var (id, code) in new[] { ("dx-1-", "F32.1"), ("dx-2-", "F10.2") })
            await Accepted("intake.record-diagnosis.v1", new
            {
                walk.ClientId,
                diagnosisId = id + walk.ClientId,
                system = "icd-10",
                code,
                status = "provisional",
                basis = "self-report-screen"
            }, walk.Therapist);
        (await clinic.Post("intake.record-diagnosis.v1", new
        {
            walk.ClientId,
            diagnosisId = "dx-1-" + walk.ClientId,
            system = "icd-10",
            code = "F32.1",
            status = "confirmed",
            basis = "self-report-screen"
        }, walk.Therapist)).Refused("basis_does_not_confirm");
        // S13: how the client was met says what could not be seen
        await Accepted("intake.record-diagnosis.v1", new
        {
            walk.ClientId,
            diagnosisId = "dx-2-" + walk.ClientId,
            system = "icd-10",
            code = "F10.2",
            status = "provisional",
            basis = "clinical-interview",
            modality = "voice"
        }, walk.Therapist);

        await walk.SharingOf("diagnoses", "PSY");
        await Accepted("consent.request-disclosure.v1", walk.Request("diagnoses"), walk.Recipient);
        (await clinic.Release(walk.DisclosureId(), walk.Recipient)).Answer.Accepted();
        await Eventually.True(async () => await clinic.Ledger("intake").Count("disclosure_noted", "disclosureId", walk.DisclosureId()) == 1, "intake to hear of the disclosure");

        await Accepted("intake.correct-diagnosis.v1", new { walk.ClientId, diagnosisId = "dx-1-" + walk.ClientId, reasonCode = "misdiagnosis" }, walk.Therapist);
        await Accepted("intake.correct-diagnosis.v1", new { walk.ClientId, diagnosisId = "dx-2-" + walk.ClientId, reasonCode = "misdiagnosis" }, walk.Therapist);
        (await clinic.Ear.Wait("intake.diagnosis-corrected.v1", "diagnosisId", "dx-1-" + walk.ClientId)).Body["recipients"]!.AsArray().Single()!["recipientId"]!.GetValue<string>()
            .ShouldBe(walk.RecipientId);
        // it was left out for its label, so that telling of its correction would disclose it
        (await clinic.Ear.Wait("intake.diagnosis-corrected.v1", "diagnosisId", "dx-2-" + walk.ClientId)).Body["recipients"]!.AsArray().ShouldBeEmpty();
        var problems = (await clinic.Get("intake", $"/clients/{walk.ClientId}/problems", walk.Client, "PATRQT")).Accepted().Body["diagnoses"]!.AsArray();
        problems.Select(d => (d!["code"]!.GetValue<string>(), d["status"]!.GetValue<string>())).ShouldBe([("F32.1", "corrected"), ("F10.2", "corrected")]);
        problems[1]!["cueProfile"]!.GetValue<string>().ShouldBe("voice/1");
        problems[1]!["missingCues"]!.AsArray().Select(cue => cue!.GetValue<string>()).ShouldContain("facial-expression");
    }

    [Fact, Trait("Scenario", "T57")]
    public async Task Two_pseudonyms_of_one_person_are_linked_in_both_records_and_may_be_parted_again()
    {
        await walk.Suitable();
        var second = await new Walk(clinic).Registered();
        var pair = new { survivor = walk.ClientId, duplicate = second.ClientId, reasonCode = "same-register-entry" };
        var linked = await Accepted("intake.link-clients.v1", pair, Person.Supervisor());
        foreach (var id in new[] { walk.ClientId, second.ClientId })
            (await clinic.Ear.Wait("intake.clients-linked.v1", "clientId", id))["duplicate"].ShouldBe(second.ClientId);
        var card = (await clinic.Get("intake", $"/clients/{walk.ClientId}/safety-card", walk.Therapist, receipt: linked.Receipt)).Accepted().Body;
        card["linked"]!.AsArray().Single()!.GetValue<string>().ShouldBe(second.ClientId);
        // nothing was copied or moved
        (await clinic.Ledger("intake").Value<long>("select count(*) from mt_streams where id in ($1, $2)", "client-" + walk.ClientId, "client-" + second.ClientId)).ShouldBe(2);
        await Accepted("intake.unlink-clients.v1", pair, Person.Supervisor());
        await clinic.Ear.Wait("intake.clients-unlinked.v1", "clientId", second.ClientId);
    }

    [Fact, Trait("Scenario", "T62")]
    public async Task A_referral_from_a_clock_that_is_ahead_is_taken_flagged_and_waits_from_when_it_was_recorded()
    {
        var referralId = "r-" + walk.ClientId;
        var ahead = DateTimeOffset.UtcNow.AddHours(3);
        (await clinic.NorthEhr.Command("intake.receive-referral.v1",
            new { referralId, source = "gp", reasonCodes = new[] { "F32.1" }, urgency = "urgent", occurredAt = ahead })).Accepted();
        (await clinic.Ear.Wait("intake.referral-received.v1", "referralId", referralId))["clockAhead"].ShouldBe("true");
        JsonNode? row = null;
        await Eventually.True(async () => (row = (await clinic.List("intake", "/worklist", Person.Supervisor()))
            .SingleOrDefault(r => r["referralId"]?.GetValue<string>() == referralId)) is not null, "the referral on the worklist");
        row!["waitsFor"]!.GetValue<string>().ShouldBe("registration");
        row["clockAhead"]!.GetValue<bool>().ShouldBeTrue();
        row["receivedAt"]!.GetValue<DateTimeOffset>().ShouldBeLessThan(ahead.AddHours(-2));
        (await clinic.Get("intake", "/waits", Person.Supervisor())).Accepted().Body.AsArray().Single(w => (w!["urgency"]!.GetValue<string>(), w["route"]!.GetValue<string>()) == ("urgent", "referral"))!["longestHours"]!
            .GetValue<int>().ShouldBeGreaterThanOrEqualTo(0);
    }

    private Task<Answer> Enrol(string category) => clinic.Post("intake.enrol-client.v1", new { walk.ClientId, category }, walk.Client);

    private async Task<Answer> Screen(string instrument, int?[] items, bool? pastThreeMonths = null) => (await clinic.Post("intake.submit-screen.v1",
        new { walk.ClientId, screenId = instrument + "-" + walk.ClientId, instrument, version = "1", items, language = "en", pastThreeMonths }, walk.Client)).Accepted();

    private async Task<JsonNode?> OnBoard(string? receipt)
    {
        JsonNode? row = null;
        var passed = "select exists (select from clinic.log l join clinic.checkpoint c on c.name = 'crisis-board' and c.position >= l.position where l.event_id = $1)";
        await Eventually.True(() => clinic.Ledger("intake").Value<bool>(passed, Guid.Parse(receipt!)), "the crisis board");
        row = (await clinic.List("intake", "/crisis-board", Person.Supervisor())).SingleOrDefault(r => r["clientId"]!.GetValue<string>() == walk.ClientId);
        return row;
    }

    private async Task<(bool, string)> Eligible(string jurisdiction, string more = "")
    {
        var body = (await clinic.Get("intake", $"/practitioners/{walk.Therapist.Id}/eligibility?jurisdiction={jurisdiction}{more}", Person.Supervisor())).Accepted().Body;
        return (body["eligible"]!.GetValue<bool>(), string.Join(' ', body["reasons"]!.AsArray().Select(r => r!.GetValue<string>())));
    }

    private Task<Heard> Told(string type) => clinic.Ear.Wait(type, "clientId", walk.ClientId);

    private async Task<Answer> Accepted(string contract, object body, Person by) => (await clinic.Post(contract, body, by)).Accepted();
}
