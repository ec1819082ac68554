namespace Clinic.SystemTests;

/// <summary>What a client takes back, at every moment at which it can matter.</summary>
public sealed class WithdrawnConsent(RunningClinic clinic)
{
    [Fact, Trait("Scenario", "T22")]
    public async Task Withdrawn_between_permit_and_release_the_disclosure_is_cancelled_and_nothing_leaves()
    {
        var walk = await new Walk(clinic).Permitted();
        (await walk.Withdraw(walk.SharingDirective)).Accepted();

        var (answer, contentHash) = await clinic.Release(walk.DisclosureId(), walk.Recipient);

        answer.Refused("disclosure_cancelled");
        contentHash.ShouldBeNull();
        (await clinic.Ear.Wait("consent.disclosure-cancelled.v1", "disclosureId", walk.DisclosureId()))["reasonCode"].ShouldBe("consent_withdrawn");
        (await clinic.Ledger("consent").Count("disclosure_made", "disclosureId", walk.DisclosureId())).ShouldBe(0);
        // the owner of the content was not even asked
        (await clinic.Ledger("session").Count("record_viewed", "clientId", walk.ClientId)).ShouldBe(0);
    }

    [Fact, Trait("Scenario", "T23")]
    public async Task Released_and_withdrawn_later_it_stays_in_the_accounting()
    {
        var walk = await new Walk(clinic).Permitted();
        var (released, hash) = await clinic.Release(walk.DisclosureId(), walk.Recipient);
        released.Accepted().Text.ShouldContain("attendance");

        var withdrawn = (await walk.Withdraw(walk.SharingDirective)).Accepted();

        var accounting = (await clinic.Get("consent", $"/clients/{walk.ClientId}/accounting", walk.Therapist, receipt: withdrawn.Receipt)).Accepted();
        var line = accounting.Body.AsArray().ShouldHaveSingleItem()!;
        line["disclosureId"]!.GetValue<string>().ShouldBe(walk.DisclosureId());
        line["contentHash"]!.GetValue<string>().ShouldBe(hash);
        line["directiveVersion"]!.GetValue<int>().ShouldBe(2);
        // and it does not leave again
        (await clinic.Release(walk.DisclosureId(), walk.Recipient)).Answer.Refused("disclosure_already_released");
        (await clinic.Post("consent.request-disclosure.v1", walk.Request(2), walk.Recipient)).Accepted();
        (await clinic.Ear.Wait("consent.disclosure-denied.v1", "disclosureId", walk.DisclosureId(2)))["reasonCode"].ShouldBe("consent_withdrawn");
    }

    [Fact, Trait("Scenario", "T31")]
    public async Task A_consent_that_has_run_out_covers_neither_a_release_nor_a_request()
    {
        var until = DateTimeOffset.UtcNow.AddSeconds(5);
        var walk = await new Walk(clinic).Permitted(until);
        await Eventually.True(() => DateTimeOffset.UtcNow >= until, "the end of the consent");

        (await clinic.Release(walk.DisclosureId(), walk.Recipient)).Answer.Refused("disclosure_cancelled");
        (await clinic.Post("consent.request-disclosure.v1", walk.Request(2), walk.Recipient)).Accepted();

        (await clinic.Ear.Wait("consent.disclosure-cancelled.v1", "disclosureId", walk.DisclosureId()))["reasonCode"].ShouldBe("consent_expired");
        (await clinic.Ear.Wait("consent.disclosure-denied.v1", "disclosureId", walk.DisclosureId(2)))["reasonCode"].ShouldBe("consent_expired");
    }

    [Fact, Trait("Scenario", "T24")]
    public async Task Withdrawn_during_a_session_it_is_stopped_and_the_next_one_cancelled()
    {
        var walk = await new Walk(clinic).InSession();

        (await walk.Withdraw(walk.CareDirective)).Accepted();

        var stopped = await clinic.Ear.Wait("session.stopped.v1", "sessionId", walk.SessionId());
        (stopped["status"], stopped["by"]).ShouldBe(("stopped-consent", "consent-withdrawn"));
        (await clinic.Ear.Wait("session.cancelled.v1", "sessionId", walk.SessionId(2)))["by"].ShouldBe("consent-withdrawn");
        await Eventually.True(async () =>
            (await clinic.Get("session", $"/clients/{walk.ClientId}/sessions", walk.Therapist)).Accepted().Body.AsArray()
                .Select(row => row!["status"]!.GetValue<string>()).SequenceEqual(["stopped", "cancelled"]), "both in the calendar");
        // and without consent there is no next one
        (await clinic.Post("session.book-session.v1", walk.Booking(3), walk.Client)).Refused("consent_missing");
    }
}
