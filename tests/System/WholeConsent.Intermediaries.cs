using System.Text.Json.Nodes;

namespace Clinic.SystemTests;

/// <summary>A recipient that gives records on: 42 CFR 2.24.</summary>
public sealed partial class WholeConsent
{
    [Fact]
    public async Task An_intermediary_says_to_whom_it_gave_records_on_and_the_client_is_given_the_list()
    {
        var walk = await new Walk(clinic).Registered();
        var exchange = "exchange-" + walk.ClientId;
        (await clinic.Post("consent.register-recipient.v1", new
        {
            recipientId = exchange,
            name = $"{Walk.Private} County Exchange",
            address = $"2 {Walk.Private} Quay",
            busUser = walk.Recipient.Id,
            publicKey = RecipientKey.Shared.Jwk,
            intermediary = true,
            country = "US"
        }, Person.Operator())).Accepted();
        object To(object disclosure) => new { kind = "disclosure", disclosure };
        (await clinic.Post("consent.propose-consent.v1", Proposal(walk, "none-" + walk.ClientId, Documents.Reference(Documents.Addiction),
            To(new { recipientId = exchange, purpose = "TREAT", categories = new[] { "attendance" }, sensitivity = new[] { "SUD" } })), walk.Therapist)).Refused("participants_missing");
        await Propose(walk, walk.SharingDirective, Documents.Reference(Documents.Addiction),
            To(new { recipientId = exchange, purpose = "TREAT", categories = new[] { "attendance" }, sensitivity = new[] { "SUD" }, onward = new[] { "treating-providers" } }));
        (await clinic.Post("consent.grant-consent.v1", walk.Grant(walk.SharingDirective), walk.Client)).Accepted();
        // what is labelled is not said on the bus
        (await clinic.Ear.Wait("consent.granted.v1", "directiveId", walk.SharingDirective)).Body["scopes"]![0]!["disclosure"]!["sensitivity"]!.AsArray().ShouldBeEmpty();

        object Report(string id, bool treats) => new
        {
            onwardId = $"{id}-{walk.ClientId}",
            walk.ClientId,
            intermediaryId = exchange,
            participantId = "st-mary",
            at = DateTimeOffset.UtcNow.AddSeconds(-1),
            description = $"{Walk.Private}'s attendance",
            treatingProvider = treats
        };
        object participant = new { intermediaryId = exchange, participantId = "st-mary", name = $"{Walk.Private} St Mary", since = Walk.Day(-30) };
        (await clinic.Post("consent.report-participant.v1", participant, Person.System("north.ehr"))).Refused("intermediary_unknown");
        (await clinic.Post("consent.report-participant.v1", participant, walk.Recipient)).Accepted();
        (await clinic.Post("consent.report-onward-disclosure.v1", Report("one", treats: true), walk.Recipient)).Accepted();
        // staff on its word; what should not have been is on record all the same
        (await clinic.Post("consent.report-onward-disclosure.v1", Report("two", treats: false), Reviewer)).Accepted();
        (await clinic.Ear.Wait("consent.onward-disclosure-reported.v1", "onwardId", "two-" + walk.ClientId))["reasonCode"].ShouldBe("not_treating");
        await Ledger(walk, 2);

        (await clinic.Post("consent.request-accounting.v1", new { requestId = "l1", walk.ClientId, regime = "intermediary" }, walk.Client)).Accepted();
        await Eventually.True(async () => (await clinic.Get("consent", "/waiting-requests?limit=500", Reviewer)).Accepted().Body.AsArray()
            .Any(row => row!["clientId"]!.GetValue<string>() == walk.ClientId && row["subject"]!.GetValue<string>() == "intermediary"), "the list that is waited for");
        var entries = (await Issue(walk, "l1", null)).Accepted().Body["entries"]!.AsArray();
        entries.Select(e => (e!["recipient"]!.GetValue<string>(), e["address"]!.GetValue<string>(), e["description"]!.GetValue<string>())).ShouldBe(
            Enumerable.Repeat(($"{Walk.Private} St Mary", $"through {Walk.Private} County Exchange", $"{Walk.Private}'s attendance"), 2));
        (await Issue(walk, "l1", null, "csv")).Accepted().Text.ShouldContain("St Mary");
        (await Issue(walk, "l1", null, "html")).Accepted().Text.ShouldContain("42 CFR 2.24");
        (await Issue(walk, "p2", "part2")).Accepted().Body["entries"]!.AsArray().ShouldBeEmpty();
        (await clinic.Get("consent", $"/clients/{walk.ClientId}/who-saw", walk.Client, "PATRQT")).Accepted().Text.ShouldContain("those who treat you only");

        // terms are extended once, with a reason the client is told
        (await clinic.Post("consent.extend-accounting.v1", new { requestId = "l1", walk.ClientId, reason = $"{Walk.Private} is moving" }, Reviewer)).Accepted();
        (await clinic.Post("consent.request-accounting.v1", new { requestId = "h1", walk.ClientId, regime = "hipaa" }, walk.Client)).Accepted();
        (await clinic.Post("consent.extend-accounting.v1", new { requestId = "h1", walk.ClientId, reason = $"{Walk.Private} is moving" }, Reviewer)).Accepted();
        (await clinic.Ear.Wait("consent.accounting-extended.v1", "clientId", walk.ClientId))["requestId"].ShouldBe("h1");
        await Eventually.True(async () => (await clinic.Get("consent", $"/clients/{walk.ClientId}/my-requests", walk.Client, "PATRQT")).Accepted().Body.AsArray()
            .Any(r => r!["requestId"]!.GetValue<string>() == "h1" && r["whyLonger"]?.GetValue<string>() == $"{Walk.Private} is moving"), "why it takes longer");
        (await clinic.Post("consent.request-amendment.v1", new { amendmentId = "am-" + walk.ClientId, walk.ClientId, category = "progress-notes", statement = $"{Walk.Private} was in May" }, walk.Client)).Accepted();
        (await clinic.Post("consent.extend-amendment.v1", new { amendmentId = "am-" + walk.ClientId, reason = $"{Walk.Private} is away" }, Reviewer)).Accepted();
        await clinic.Ear.Wait("consent.amendment-extended.v1", "amendmentId", "am-" + walk.ClientId);

        // and the clinic's register of processing knows it all
        await Eventually.True(async () => (await clinic.Get("consent", "/processing-register", Person.Auditor(), "HOPERAT")).Accepted().Body["transfers"]!.AsArray()
            .Any(t => t!["recipientId"]!.GetValue<string>() == exchange && t["name"]!.GetValue<string>().Contains("County Exchange")), "the recipient abroad");
        var register = (await clinic.Get("consent", "/processing-register", Person.Auditor(), "HOPERAT")).Accepted().Body;
        register["missing"]!.AsArray().Select(m => m!.GetValue<string>()).ShouldContain($"safeguard for {exchange} in US");
        register["activities"]!.AsArray().Count.ShouldBe(5);
        (await clinic.Get("consent", "/processing-register?format=html", Reviewer, "HOPERAT")).Accepted().Text.ShouldContain("<h1>Record of processing activities</h1>");
    }
}
