namespace Clinic.SystemTests;

/// <summary>Two clients who meet their therapist together.</summary>
public sealed class InGroups(RunningClinic clinic)
{
    [Fact, Trait("Scenario", "T42")]
    public async Task A_group_is_recorded_when_everybody_agreed_and_for_nobody_when_one_withdraws()
    {
        var one = await new Walk(clinic).Consented();
        var other = await new Walk(clinic).Consented();
        // one therapist for both
        await clinic.Assign(other.ClientId, one.Therapist);
        var group = "g-" + one.ClientId;
        object Booking(Walk walk) => new
        {
            sessionId = walk.SessionId(),
            walk.ClientId,
            practitionerId = one.Therapist.Id,
            modality = "video",
            startsAt = DateTimeOffset.UtcNow.AddMinutes(1),
            plannedMinutes = 50,
            timeZone = "Europe/London",
            platformId = "jitsi",
            groupId = group
        };
        // who meets whom is the clinic's to decide
        (await clinic.Post("session.book-session.v1", Booking(one), one.Client)).Refused("role_not_permitted").Field.ShouldBe("groupId");
        foreach (var walk in new[] { one, other })
        {
            (await clinic.NorthEhr.Command("session.book-session.v1", Booking(walk))).Accepted();
            await Eventually.True(async () => (await clinic.Post("session.start-session.v1", walk.Start(), one.Therapist)).Status == 200, "the session begun with fresh facts");
        }

        Task<Answer> Record() => clinic.Post("session.start-recording.v1", new { sessionId = one.SessionId() }, one.Therapist);
        await Agree(one, one.Therapist);
        (await Record()).Refused("recording_consent_missing");
        (await clinic.Ear.Wait("session.recording-refused.v1", "sessionId", one.SessionId()))["consentsMissing"].ShouldBe("1");
        (await clinic.Ledger("session").Count("recording_started", "sessionId", one.SessionId())).ShouldBe(0);

        await Agree(other, one.Therapist);
        (await Record()).Accepted();
        foreach (var walk in new[] { one, other }) await clinic.Ear.Wait("session.recording-started.v1", "sessionId", walk.SessionId());
        (await other.Withdraw(Recording(other))).Accepted();
        foreach (var walk in new[] { one, other })
            (await clinic.Ear.Wait("session.recording-stopped.v1", "sessionId", walk.SessionId()))["reasonCode"].ShouldBe("consent-withdrawn");
        // the session itself goes on
        (await clinic.Ledger("session").Count("session_stopped", "sessionId", other.SessionId())).ShouldBe(0);
    }

    private static string Recording(Walk walk) => "rec-" + walk.ClientId;

    private async Task Agree(Walk walk, Person therapist)
    {
        (await clinic.Post("consent.propose-consent.v1", new
        {
            walk.ClientId,
            directiveId = Recording(walk),
            document = Documents.Reference(Documents.Care),
            scopes = new[] { new { kind = "recording" } }
        }, therapist)).Accepted();
        (await clinic.Post("consent.grant-consent.v1", walk.Grant(Recording(walk)), walk.Client)).Accepted();
        await Eventually.True(async () => await clinic.Ledger("session").Count("consent_noted", "directiveId", Recording(walk)) == 1, "session knows the consent to recording");
    }
}
