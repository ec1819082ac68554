using System.Text.Json.Nodes;

namespace Clinic.SystemTests;

/// <summary>Consent through its doors: documents, decisions, packages, other bases, emergencies, accountings, and what the client sees.</summary>
public sealed partial class WholeConsent(RunningClinic clinic)
{
    private static readonly Person Reviewer = Person.Supervisor();

    [Fact, Trait("Scenario", "T7"), Trait("Scenario", "T5"), Trait("Scenario", "T6")]
    public async Task A_text_that_asks_anew_ends_what_was_agreed_to_in_its_language_and_in_no_other()
    {
        var (english, french) = (await new Walk(clinic).Registered(), await new Walk(clinic).Registered());
        var document = "text-" + english.ClientId;
        foreach (var language in new[] { "en", "fr" }) await Publish(document, 1, language);
        foreach (var (walk, language) in new[] { (english, "en"), (french, "fr") })
        {
            await Propose(walk, walk.SharingDirective, Documents.Reference(document, 1, language), Sharing(walk));
            var endless = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(walk.Grant(walk.SharingDirective), Answer.Json))!;
            endless["expiresAt"] = null;
            var refused = (await clinic.Post("consent.grant-consent.v1", endless, walk.Client)).Refused("element_missing");
            refused.Field.ShouldBe("expiry");
            (await clinic.Post("consent.grant-consent.v1", walk.Grant(walk.SharingDirective), walk.Client)).Accepted();
        }

        await Publish(document, 2, "en", "at-once");

        var expired = await clinic.Ear.Wait("consent.expired.v1", "clientId", english.ClientId);
        expired["directiveId"].ShouldBe(english.SharingDirective);
        (await clinic.Ear.Wait("consent.proposed.v1", "directiveId", english.SharingDirective + "-v2"))["documentVersion"].ShouldBe("2");
        // what was signed stays as it was signed
        var consents = (await clinic.Get("consent", $"/clients/{english.ClientId}/consents", english.Client, "PATRQT")).Accepted().Body["directives"]!.AsArray();
        consents.Select(d => (d!["status"]!.GetValue<string>(), d["document"]!["version"]!.GetValue<int>())).ShouldBe([("expired", 1), ("proposed", 2)]);
        var theirs = (await clinic.Get("consent", $"/clients/{french.ClientId}/consents", french.Client, "PATRQT")).Accepted().Body["directives"]!.AsArray().ShouldHaveSingleItem()!;
        (theirs["active"]!.GetValue<bool>(), theirs["document"]!["language"]!.GetValue<string>(), theirs["document"]!["version"]!.GetValue<int>()).ShouldBe((true, "fr", 1));
    }

    [Fact, Trait("Scenario", "T21")]
    public async Task A_package_under_a_part_2_consent_is_sealed_and_carries_notice_and_copy()
    {
        using var key = new RecipientKey();
        var walk = await new Walk(clinic).Registered();
        await Register(walk, walk.RecipientId, key.Jwk);
        await Propose(walk, walk.SharingDirective, Documents.Reference(Documents.Addiction), Sharing(walk, "MH", "SUD"));
        (await clinic.Post("consent.grant-consent.v1", walk.Grant(walk.SharingDirective), walk.Client)).Accepted();
        (await clinic.Post("consent.request-disclosure.v1", walk.Request(), walk.Recipient)).Accepted();

        var (released, hash) = await clinic.Release(walk.DisclosureId(), walk.Recipient, key);

        var package = released.Accepted().Body;
        package["content"]!["attendance"].ShouldNotBeNull();
        package["notice"]!["text"]!.GetValue<string>().ShouldContain("42 CFR part 2 prohibits");
        package["consent"]!["text"]!.GetValue<string>().ShouldContain("About addiction");
        (await clinic.Post("consent.acknowledge-disclosure.v1",
            new { disclosureId = walk.DisclosureId(), contentHash = hash }, walk.Recipient)).Accepted();
        await clinic.Ear.Wait("consent.disclosure-delivered.v1", "disclosureId", walk.DisclosureId());
        // a key nothing can be encrypted to is refused before anything rests on it
        (await clinic.Post("consent.register-recipient.v1", new { walk.RecipientId, name = "x", address = "y", busUser = walk.Recipient.Id, publicKey = "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"eA\",\"y\":\"eQ\"}" },
            Person.Operator())).Refused("public_key_unusable");
        // and addiction records under another kind of consent are not even proposed
        (await clinic.Post("consent.propose-consent.v1", Proposal(walk, "other-" + walk.ClientId, Documents.Reference(Documents.Sharing), Sharing(walk, "SUD")), walk.Therapist))
            .Refused("part2_consent_needed");
    }

    [Fact, Trait("Scenario", "T20")]
    public async Task Of_a_mixed_record_only_what_is_listed_leaves_and_the_recipient_is_not_told_what_did_not()
    {
        var walk = await new Walk(clinic).Registered();
        (await clinic.Post("intake.submit-screen.v1",
            new { walk.ClientId, screenId = "phq-" + walk.ClientId, instrument = "phq-9", version = "1", items = Walk.Answers, language = "en" }, walk.Client)).Accepted();
        await Register(walk, walk.RecipientId, RecipientKey.Shared.Jwk);
        object Mixed(params string[] labels) =>
            new { kind = "disclosure", disclosure = new { walk.RecipientId, purpose = "TREAT", categories = new[] { "attendance", "screening" }, sensitivity = labels } };
        async Task<JsonNode> Released(int number, string directiveId, object scope)
        {
            await Propose(walk, directiveId, Documents.Reference(Documents.Sharing), scope);
            (await clinic.Post("consent.grant-consent.v1", walk.Grant(directiveId), walk.Client)).Accepted();
            (await clinic.Post("consent.request-disclosure.v1", new
            {
                disclosureId = walk.DisclosureId(number),
                walk.ClientId,
                walk.RecipientId,
                purpose = "TREAT",
                purposeStatement = $"{Walk.Private} continues care",
                categories = new[] { "attendance", "screening" },
                periodFrom = Walk.Day(-30),
                periodTo = Walk.Day(2),
                legalBasis = "consent"
            }, walk.Recipient)).Accepted();
            return (await clinic.Release(walk.DisclosureId(number), walk.Recipient)).Answer.Accepted().Body;
        }

        var without = await Released(1, walk.SharingDirective, Mixed("MH"));
        without["content"]!["screening"]!.AsArray().ShouldBeEmpty();
        without.ToJsonString().ShouldNotContain("QuestionnaireResponse");
        without.ToJsonString().ShouldNotContain("PSY");
        // nor does its own system hear it; the clinic's accounting says it
        (await clinic.Ear.Wait("consent.disclosure-redacted.v1", "disclosureId", walk.DisclosureId())).Body["labels"]!.AsArray().ShouldBeEmpty();
        await Eventually.True(async () => (await clinic.Get("consent", $"/clients/{walk.ClientId}/accounting", walk.Therapist)).Accepted().Body.AsArray()
            .Any(row => row!["redacted"]!.AsArray().Select(l => l!.GetValue<string>()).SequenceEqual(["PSY"])), "the labels in the accounting");
        var whole = await Released(2, "more-" + walk.ClientId, Mixed("MH", "PSY"));
        var screen = whole["content"]!["screening"]!.AsArray().ShouldHaveSingleItem()!;
        screen["screenId"]!.GetValue<string>().ShouldBe("phq-" + walk.ClientId);
        FhirSchema.Errors(screen["fhir"]!).ShouldBeEmpty();
        screen["fhir"]!["item"]!.AsArray().Where(item => item!["answer"]?[0]!["valueCoding"] is not null)
            .Select(item => item!["answer"]![0]!["valueCoding"]!["extension"]![0]!["valueDecimal"]!.GetValue<int>()).ShouldBe(screen["items"]!.AsArray().Select(answer => answer!.GetValue<int>()), "the answers of the row");
        (await clinic.Ledger("consent").Count("disclosure_redacted", "disclosureId", walk.DisclosureId(2))).ShouldBe(0);
    }

    [Fact, Trait("Scenario", "T60"), Trait("Scenario", "T61"), Trait("Scenario", "T48"), Trait("Scenario", "T49"), Trait("Scenario", "T50")]
    public async Task What_the_law_demands_leaves_with_an_approver_and_is_accounted_for()
    {
        var walk = await new Walk(clinic).Sharing();
        object Demand(int number, string basis, params string[] labels) => new
        {
            disclosureId = walk.DisclosureId(number),
            walk.ClientId,
            walk.RecipientId,
            purpose = "PATSFTY",
            purposeStatement = $"{Walk.Private} is reported",
            categories = new[] { "attendance" },
            labels,
            periodFrom = Walk.Day(-30),
            periodTo = Walk.Day(2),
            legalBasis = basis,
            basisReference = "basis-" + walk.ClientId,
            basisHash = Walk.Hash("basis")
        };
        object Approve(int number) => new { disclosureId = walk.DisclosureId(number) };

        (await clinic.Post("consent.disclose-without-consent.v1", Demand(1, "mandated-report"), walk.Therapist)).Accepted();
        (await clinic.Release(walk.DisclosureId(), walk.Recipient)).Answer.Refused("disclosure_not_permitted");
        (await clinic.Post("consent.disclose-without-consent.v1", Demand(3, "mandated-report"), Reviewer)).Accepted();
        (await clinic.Post("consent.approve-disclosure.v1", Approve(3), Reviewer)).Refused("approver_is_requester");
        (await clinic.Post("consent.approve-disclosure.v1", Approve(1), Reviewer)).Accepted();
        (await clinic.Release(walk.DisclosureId(), walk.Recipient)).Answer.Accepted();
        (await clinic.Post("consent.disclose-without-consent.v1", Demand(2, "subpoena", "SUD"), walk.Therapist)).Accepted();
        var denied = (await clinic.Post("consent.approve-disclosure.v1", Approve(2), Reviewer)).Accepted();
        (await clinic.Ear.Wait("consent.disclosure-denied.v1", "disclosureId", walk.DisclosureId(2)))["reasonCode"].ShouldBe("basis_insufficient");
        // and one with consent, which HIPAA's accounting leaves out
        (await clinic.Post("consent.request-disclosure.v1", walk.Request(4), walk.Recipient)).Accepted();
        (await clinic.Release(walk.DisclosureId(4), walk.Recipient)).Answer.Accepted();
        await Ledger(walk, 2);

        var entry = (await Issue(walk, "a1", "hipaa")).Accepted().Body["entries"]!.AsArray().ShouldHaveSingleItem()!;
        (entry["disclosureId"]!.GetValue<string>(), entry["legalBasis"]!.GetValue<string>()).ShouldBe((walk.DisclosureId(), "mandated-report"));
        entry["recipient"]!.GetValue<string>().ShouldContain("Harbour Clinic");
        (await Issue(walk, "a2", "part2")).Accepted().Body["entries"]!.AsArray().ShouldHaveSingleItem()!["disclosureId"]!.GetValue<string>().ShouldBe(walk.DisclosureId(4));
        (await Issue(walk, "a3", "hipaa")).Refused("fee_notice");
        (await clinic.Post("consent.accept-accounting-fee.v1", new { requestId = "a3", walk.ClientId }, walk.Client)).Accepted();
        (await Issue(walk, "a3", null, "csv")).Accepted().Text.ShouldContain(",mandated-report,");
        (await Issue(walk, "a4", "everything", "html")).Accepted().Text.ShouldContain("<table>");
        (await clinic.Post("consent.suspend-accounting.v1",
            new { suspensionId = "s1", walk.ClientId, agencyId = walk.RecipientId, written = false, until = DateTimeOffset.UtcNow.AddDays(31) }, Reviewer)).Refused("oral_suspension_too_long");
        (await clinic.Post("consent.suspend-accounting.v1",
            new { suspensionId = "s1", walk.ClientId, agencyId = walk.RecipientId, written = false, until = DateTimeOffset.UtcNow.AddDays(29) }, Reviewer)).Accepted();
        (await Issue(walk, "a5", "everything")).Accepted().Body["entries"]!.AsArray().ShouldBeEmpty();
        (await clinic.Get("consent", $"/clients/{walk.ClientId}/accounting", walk.Client, "PATRQT")).Accepted().Body.AsArray().ShouldBeEmpty();
        denied.Receipt.ShouldNotBeNull();
    }

    [Fact, Trait("Scenario", "T32"), Trait("Scenario", "T33"), Trait("Scenario", "T34"), Trait("Scenario", "T35"), Trait("Scenario", "T36")]
    public async Task The_glass_is_broken_by_members_closes_by_itself_and_is_reviewed_by_others()
    {
        var walk = await new Walk(clinic).Sharing();
        var member = new Person("night-" + walk.ClientId, "supervisor");
        object Break(string id) => new { accessId = $"{id}-{walk.ClientId}", walk.ClientId, reasonCode = "suicide-risk", narrative = $"{Walk.Private} is in danger" };
        string Access(string id) => $"{id}-{walk.ClientId}";
        Task<Answer> Look(string id, Person by, string purpose = "BTG") => clinic.Get("consent", $"/emergency/{Access(id)}/records/attendance", by, purpose);

        // a permit for treatment lets nobody break the glass
        (await clinic.Post("consent.break-glass.v1", Break("no"), member)).Refused("not_authorised");
        (await clinic.Ear.Wait("consent.emergency-access-denied.v1", "accessId", Access("no")))["userId"].ShouldBe(member.Id);
        (await clinic.Post("consent.authorise-emergency-user.v1", new { userId = member.Id }, Person.Operator())).Accepted();
        (await clinic.Post("consent.break-glass.v1", Break("yes"), member)).Accepted();
        (await Look("yes", member)).Accepted();
        (await Look("yes", Reviewer)).Refused("not_found", 404);
        (await Look("yes", member, "TREAT")).Refused("malformed", 400);
        object Told(string? facility) => new
        {
            disclosureId = walk.DisclosureId(9),
            accessId = Access("yes"),
            recipientName = $"{Walk.Private} Gull",
            facility,
            natureOfEmergency = $"{Walk.Private} collapsed",
            description = $"{Walk.Private}'s medication",
            at = DateTimeOffset.UtcNow.AddSeconds(-1)
        };
        (await clinic.Post("consent.record-emergency-disclosure.v1", Told(null), member)).Field.ShouldBe("facility");
        (await clinic.Post("consent.record-emergency-disclosure.v1", Told($"{Walk.Private} Hospital"), member)).Accepted();

        // killed before its time is up: the deadlines are in the database, and say each thing once
        await clinic["consent"].Kill();
        clinic["consent"].Start();
        await clinic["consent"].Ready();
        (await clinic.Ear.Wait("consent.emergency-access-closed.v1", "accessId", Access("yes")))["trigger"].ShouldBe("time");
        await clinic.Ear.Wait("consent.emergency-review-overdue.v1", "accessId", Access("yes"));
        (await Look("yes", member)).Refused("access_over");

        object Review() => new { accessId = Access("yes"), outcome = "justified", informingIsHarmful = false, findings = $"{Walk.Private} was saved" };
        (await clinic.Post("consent.review-emergency-access.v1", Review(), member)).Refused("reviewer_is_user");
        (await clinic.Get("consent", $"/clients/{walk.ClientId}/who-saw", walk.Client, "PATRQT")).Accepted().Text.ShouldNotContain(member.Id);
        Task<Answer> Looks() => clinic.Get("audit", $"/clients/{walk.ClientId}/looks", walk.Client, "PATRQT");
        (await Looks()).Accepted().Text.ShouldNotContain(member.Id);
        var reviewed = (await clinic.Post("consent.review-emergency-access.v1", Review(), Reviewer)).Accepted();
        await clinic.Ear.Wait("consent.client-informed.v1", "accessId", Access("yes"));
        await Eventually.True(async () => (await clinic.Get("consent", $"/clients/{walk.ClientId}/who-saw", walk.Client, "PATRQT", reviewed.Receipt)).Accepted().Text.Contains(member.Id),
            "the client reads who broke the glass");
        (await clinic.Ledger("consent").Count("emergency_review_overdue", "accessId", Access("yes"))).ShouldBe(1);
        (await clinic.Get("consent", $"/clients/{walk.ClientId}/accounting", walk.Client, "PATRQT")).Accepted().Body.AsArray()
            .ShouldContain(row => row!["legalBasis"]!.GetValue<string>() == "emergency");
        // one that should not have been is an incident by itself
        (await clinic.Post("consent.break-glass.v1", Break("idle"), member)).Accepted();
        (await clinic.Post("consent.close-emergency-access.v1", new { accessId = Access("idle") }, member)).Accepted();
        (await clinic.Post("consent.review-emergency-access.v1",
            new { accessId = Access("idle"), outcome = "unjustified", informingIsHarmful = false, findings = $"{Walk.Private} was at home" }, Reviewer)).Accepted();
        var incident = await clinic.Ear.Wait("audit.security-incident-raised.v1", "reference", Access("idle"));
        (incident["category"], incident["raisedBy"], incident.Body["clientIds"]!.AsArray().Single()!.GetValue<string>()).ShouldBe(("unauthorised-access", "audit", walk.ClientId));
        // the owner of the content knows who looked, and why
        (await clinic.Ear.Wait("record.viewed.v1", "releaseId", Access("yes")))["purposeOfUse"].ShouldBe("BTG");
        // and the client reads it among all that was seen in any service, by now
        await Eventually.True(async () => (await Looks()).Accepted().Body.AsArray().Any(look => look!["who"]!.GetValue<string>() == member.Id
            && look["service"]!.GetValue<string>() == "session" && look["purpose"]!.GetValue<string>() == "BTG"), "the look in the other service");
    }

    [Fact, Trait("Scenario", "T47"), Trait("Scenario", "T51"), Trait("Scenario", "T57")]
    public async Task A_proxy_sees_until_the_authority_ends_and_of_linked_records_each_may_deny()
    {
        var (walk, proxy, twin) = (await new Walk(clinic).Sharing(), await new Walk(clinic).Registered(), await new Walk(clinic).Registered());
        Task<Answer> Look() => clinic.Get("consent", $"/proxy/clients/{walk.ClientId}/consents", proxy.Client, "FAMRQT");
        (await Look()).Refused("not_found", 404);
        var ends = DateTimeOffset.UtcNow.AddSeconds(4);
        (await clinic.Post("consent.record-proxy-authority.v1", new
        {
            walk.ClientId,
            authorityId = "auth-" + walk.ClientId,
            proxyId = proxy.ClientId,
            kind = "power-of-attorney",
            evidenceHash = Walk.Hash("deed"),
            scopeLimit = Array.Empty<string>(),
            validTo = ends
        }, walk.Therapist)).Accepted();
        (await Look()).Accepted();

        Task<Answer> Decision(string query = "") => clinic.Get("consent",
            $"/clients/{walk.ClientId}/decision?recipientId={walk.RecipientId}&purpose=TREAT&category=attendance&from={Walk.Day(-30)}&to={Walk.Day(2)}{query}", walk.Therapist);
        (await Decision()).Accepted().Body["outcome"]!.GetValue<string>().ShouldBe("permit");
        var before = DateTimeOffset.UtcNow;
        (await clinic.Post("consent.request-restriction.v1", new
        {
            restrictionId = "r-" + twin.ClientId,
            twin.ClientId,
            statement = $"{Walk.Private} should not know",
            denials = new[] { new { walk.RecipientId, purpose = "any", categories = Array.Empty<string>(), sensitivity = Array.Empty<string>(), effect = "deny" } }
        }, twin.Client)).Accepted();
        (await clinic.Post("consent.decide-restriction.v1", new { restrictionId = "r-" + twin.ClientId, twin.ClientId, agreed = true, basis = "agreed" }, Reviewer)).Accepted();
        (await clinic.Post("intake.link-clients.v1", new { survivor = walk.ClientId, duplicate = twin.ClientId, reasonCode = "same-person" }, Reviewer)).Accepted();
        await Eventually.True(async () => (await Decision()).Accepted().Body["outcome"]!.GetValue<string>() == "deny", "the linked record's denial");
        var denied = (await Decision()).Body;
        denied["reasonCode"]!.GetValue<string>().ShouldBe("linked_record_denies");
        denied["because"]!.AsArray().Last()!.GetValue<string>().ShouldContain("both must agree");
        // who knew what: before it was recorded, the answer was another, and it is still to be had
        (await Decision($"&asOf={Uri.EscapeDataString(before.ToString("O"))}")).Accepted().Body["outcome"]!.GetValue<string>().ShouldBe("permit");
        (await clinic.Post("consent.request-disclosure.v1", walk.Request(), walk.Recipient)).Accepted();
        (await clinic.Ear.Wait("consent.disclosure-denied.v1", "disclosureId", walk.DisclosureId()))["reasonCode"].ShouldBe("linked_record_denies");

        await Eventually.True(() => DateTimeOffset.UtcNow >= ends, "the end of the authority");
        (await Look()).Refused("not_found", 404);
        (await clinic.Ear.Wait("consent.proxy-authority-ended.v1", "clientId", walk.ClientId))["reasonCode"].ShouldBe("expired");
    }

    [Fact, Trait("Scenario", "T23")]
    public async Task The_client_reads_in_plain_words_takes_it_along_and_a_letter_of_yesterday_flags_what_left_since()
    {
        var walk = await new Walk(clinic).Permitted();
        (await clinic.Release(walk.DisclosureId(), walk.Recipient)).Answer.Accepted();
        await Ledger(walk, 1);
        var mine = (await clinic.Get("consent", $"/clients/{walk.ClientId}/my-consents", walk.Client, "PATRQT")).Accepted().Body.AsArray().ShouldHaveSingleItem()!;
        mine["says"]!.AsArray().Single()!.GetValue<string>().ShouldBe($"{walk.RecipientId} may receive attendance for your treatment, but nothing that is marked as sensitive.");
        mine["holds"]!.GetValue<bool>().ShouldBeTrue();

        (await clinic.Get("consent", $"/clients/{walk.ClientId}/consents", walk.Therapist)).Accepted();
        await Eventually.True(async () => (await clinic.Get("consent", $"/clients/{walk.ClientId}/who-saw", walk.Client, "PATRQT")).Accepted().Text.Contains($"{walk.Therapist.Id} (therapist)"),
            "the therapist's look");

        (await clinic.Post("consent.withdraw-consent.v1",
            new { walk.ClientId, requestedBy = walk.ClientId, channel = "letter", effectiveAt = DateTimeOffset.UtcNow.AddDays(-1) }, walk.Client)).Accepted();
        (await clinic.Ear.Wait("consent.disclosure-flagged.v1", "disclosureId", walk.DisclosureId()))["reasonCode"].ShouldBe("withdrawn_before");
        await Eventually.True(async () => (await clinic.Get("consent", $"/clients/{walk.ClientId}/who-saw", walk.Client, "PATRQT")).Accepted().Text.Contains("cannot be called back"), "the flag");

        // a copy of everything, and who keeps the clinic's list of them
        (await clinic.Post("consent.request-access.v1", new { requestId = "copy-" + walk.ClientId, walk.ClientId, categories = Array.Empty<string>() }, walk.Client)).Accepted();
        (await clinic.Ear.Wait("consent.access-requested.v1", "requestId", "copy-" + walk.ClientId))["clientId"].ShouldBe(walk.ClientId);
        (await clinic.Get("consent", "/access-requests?limit=500", Reviewer)).Accepted().Text.ShouldContain("copy-" + walk.ClientId);
        (await clinic.Post("consent.provide-access.v1", new { requestId = "copy-" + walk.ClientId, walk.ClientId, contentHash = Walk.Hash("copy") }, Reviewer)).Accepted();
        (await clinic.Ear.Wait("consent.access-provided.v1", "requestId", "copy-" + walk.ClientId))["contentHash"].ShouldBe(Walk.Hash("copy"));

        var export = (await clinic.Get("consent", $"/clients/{walk.ClientId}/export", walk.Client, "PATRQT")).Accepted().Body;
        export["disclosures"]!.AsArray().ShouldHaveSingleItem()!["flags"]!.AsArray().Single()!.GetValue<string>().ShouldBe("withdrawn_before");
        export["notIncluded"]!.GetValue<string>().ShouldContain("Psychotherapy notes");

        var consents = (await clinic.Get("consent", $"/clients/{walk.ClientId}/fhir/Consent", walk.Client, "PATRQT")).Accepted().Body;
        var resource = consents["entry"]!.AsArray().ShouldHaveSingleItem()!["resource"]!;
        (resource["resourceType"]!.GetValue<string>(), resource["status"]!.GetValue<string>()).ShouldBe(("Consent", "inactive"));
        var events = (await clinic.Get("consent", $"/clients/{walk.ClientId}/fhir/AuditEvent", Person.Auditor(), "HLEGAL")).Accepted().Body["entry"]!.AsArray();
        events.Select(e => e!["resource"]!["type"]!["code"]!.GetValue<string>()).ShouldBe(["110106", "110113"]);
        FhirSchema.Errors(consents).ShouldBeEmpty();
        FhirSchema.Errors(events.First()!.Root).ShouldBeEmpty();
        // and the schema would have noticed
        resource["status"] = 7;
        resource["colour"] = "blue";
        FhirSchema.Errors(resource).Select(error => error.Split(' ')[0]).ShouldBe(["$.status", "$.colour"], ignoreOrder: true);
    }

    private async Task Publish(string document, int version, string language, string? reconsent = null) =>
        (await clinic.Post("consent.publish-document.v1", Documents.Publication(document, version, language, reconsent), Person.Operator())).Accepted();

    private async Task Register(Walk walk, string recipientId, string jwk) => (await clinic.Post("consent.register-recipient.v1",
        new { recipientId, name = $"{Walk.Private} Harbour Clinic", address = $"1 {Walk.Private} Quay", busUser = walk.Recipient.Id, publicKey = jwk }, Person.Operator())).Accepted();

    private async Task Propose(Walk walk, string directiveId, object document, object scope) =>
        (await clinic.Post("consent.propose-consent.v1", Proposal(walk, directiveId, document, scope), walk.Therapist)).Accepted();

    private static object Proposal(Walk walk, string directiveId, object document, object scope) => new { walk.ClientId, directiveId, document, scopes = new[] { scope } };

    private static object Sharing(Walk walk, params string[] labels) =>
        new { kind = "disclosure", disclosure = new { walk.RecipientId, purpose = "TREAT", categories = new[] { "attendance" }, sensitivity = labels } };

    private async Task<Answer> Issue(Walk walk, string requestId, string? regime, string format = "json")
    {
        if (regime is not null) (await clinic.Post("consent.request-accounting.v1", new { requestId, walk.ClientId, regime }, walk.Client)).Accepted();
        return await clinic.PostTo("consent", $"/clients/{walk.ClientId}/accountings/{requestId}/issue?format={format}", walk.Client, "PATRQT");
    }

    private Task Ledger(Walk walk, int entries) => Eventually.True(async () =>
        (await clinic.Get("consent", $"/clients/{walk.ClientId}/accounting", walk.Client, "PATRQT")).Accepted().Body.AsArray().Count == entries, "the ledger");
}
