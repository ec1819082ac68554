namespace Clinic.SystemTests;

/// <summary>What auditors ask over HTTP, and the registers they keep.</summary>
public sealed class AskingTheTrail(RunningClinic clinic)
{
    private static readonly Person Auditor = Person.Auditor();

    [Fact]
    public async Task an_incident_goes_its_way_and_every_step_is_public()
    {
        var id = "inc-" + Guid.NewGuid().ToString("N")[..10];
        var now = DateTimeOffset.UtcNow;
        (await clinic.Post("audit.raise-incident.v1", new { incidentId = id, category = "extortion", severity = "high", discoveredAt = now.AddHours(-1) }, Person.Operator())).Accepted();
        (await clinic.Post("audit.close-incident.v1", new { incidentId = id, outcome = "done" }, Auditor)).Refused("not_assessed");
        (await clinic.Post("audit.assess-breach.v1", new { incidentId = id, assessment = "breach", affectedClients = 2, regimes = new[] { "gdpr" } }, Auditor)).Accepted();
        await clinic.Ear.Wait("audit.breach-assessed.v1", "incidentId", id);
        await Eventually.True(() => clinic.Ledger("audit").Value<bool>("select exists (select from clinic.deadline where stream_id = $1 and name = 'breach-notice/gdpr')", "incident-" + id), "the term");
        (await clinic.Post("audit.record-breach-notice.v1", new { incidentId = id, regime = "gdpr", notifiedAt = now, reference = "dpa-17" }, Auditor)).Accepted();
        (await clinic.Post("audit.close-incident.v1", new { incidentId = id, outcome = "access-revoked" }, Auditor)).Accepted();
        await clinic.Ear.Wait("audit.incident-closed.v1", "incidentId", id);
        await Eventually.True(async () => (await Get("/incidents", Person.Supervisor())).Text.Contains(id, StringComparison.Ordinal), "the incident in the register");
        (await Get("/incidents?open=true", Person.Supervisor())).Text.ShouldNotContain(id);
        // a term that has passed fires by itself
        var late = "inc-" + Guid.NewGuid().ToString("N")[..10];
        (await clinic.Post("audit.raise-incident.v1", new { incidentId = late, category = "loss", severity = "high", discoveredAt = now.AddDays(-4) }, Person.Operator())).Accepted();
        (await clinic.Post("audit.assess-breach.v1", new { incidentId = late, assessment = "breach", affectedClients = 1, regimes = new[] { "gdpr" } }, Auditor)).Accepted();
        await clinic.Ear.Wait("audit.breach-notice-overdue.v1", "incidentId", late);
        // the register shows the earliest term that is still open
        (await clinic.Post("audit.assess-breach.v1", new { incidentId = late, assessment = "breach", affectedClients = 1, regimes = new[] { "gdpr", "hipaa" } }, Auditor)).Accepted();
        await Due("breach", now.AddDays(-1));
        (await clinic.Post("audit.record-breach-notice.v1", new { incidentId = late, regime = "gdpr", notifiedAt = now, reference = "dpa-18" }, Auditor)).Accepted();
        await Due("told-gdpr", now.AddDays(56));
        (await clinic.Post("audit.record-breach-notice.v1", new { incidentId = late, regime = "hipaa", notifiedAt = now, reference = "ocr-18" }, Auditor)).Accepted();
        await Due("told-hipaa", null);

        Task Due(string state, DateTimeOffset? at) => Eventually.True(async () =>
        {
            var row = (await Get("/incidents", Auditor)).Body.AsArray().Single(r => r!["id"]!.GetValue<string>() == late)!;
            var due = row["dueAt"]?.GetValue<DateTimeOffset>();
            return row["state"]!.GetValue<string>() == state && (due is null) == (at is null) && (due - at)?.Duration() is not { TotalSeconds: > 1 };
        }, $"{state} and due {at}");
    }

    [Fact]
    public async Task findings_and_restore_tests_are_on_record()
    {
        var id = "find-" + Guid.NewGuid().ToString("N")[..10];
        (await clinic.Post("audit.raise-finding.v1", new { findingId = id, area = "backup", severity = "low", dueAt = DateTimeOffset.UtcNow.AddDays(9), reference = "q1" }, Auditor)).Accepted();
        (await clinic.Post("audit.remediate-finding.v1", new { findingId = id, evidence = "change-1" }, Person.Operator())).Accepted();
        (await clinic.Post("audit.review-remediation.v1", new { findingId = id, accepted = true }, Auditor)).Accepted();
        await clinic.Ear.Wait("audit.remediation-reviewed.v1", "findingId", id);
        var test = "drill-" + Guid.NewGuid().ToString("N")[..10];
        (await clinic.Post("audit.record-restore-test.v1", new
        {
            testId = test,
            service = "consent",
            backupAt = DateTimeOffset.UtcNow.AddHours(-2),
            restoredTo = DateTimeOffset.UtcNow.AddHours(-1),
            seconds = 13,
            events = 120,
            rootsMatch = false,
            viewsMatch = true,
            tombstonesReplayed = 0
        }, Person.Operator())).Accepted();
        await clinic.Ear.Wait("audit.security-incident-raised.v1", "incidentId", "restore-" + test);
        await Eventually.True(async () => (await Get("/restore-tests", Auditor)).Text.Contains("\"failed\"", StringComparison.Ordinal), "the test in the register");
    }

    [Fact]
    public async Task the_trail_is_asked_by_client_practitioner_recipient_type_and_time_and_every_look_is_in_it()
    {
        var walk = new Walk(clinic);
        await walk.Consented();
        await Eventually.True(async () => (await Get($"/search?clientId={walk.ClientId}&type=consent.granted.v1", Auditor)).Text.Contains("consent.granted.v1", StringComparison.Ordinal), "the consent in the trail");
        var first = await Get($"/search?clientId={walk.ClientId}&type=consent.*&from=2020-01-01T00:00:00Z", Auditor);
        first.Accepted().Body.AsArray().ShouldAllBe(row => row!["type"]!.GetValue<string>().StartsWith("consent."));
        (await Get($"/consent-timeline?clientId={walk.ClientId}", Auditor, "HOPERAT")).Accepted().Body.AsArray().Count.ShouldBe(first.Body.AsArray().Count);
        foreach (var path in new[] { "/disclosures", "/break-glass", "/failed-gates", "/erasures", "/findings", "/logs", "/trail/recipients/anybody", "/trail/practitioners/anybody" })
            (await Get(path, Auditor)).Accepted();
        (await Get("/search?from=yesterday", Auditor)).Status.ShouldBe(400);
        // without its condition the answer would be of everybody
        (await Get("/search?actor=" + new string('a', 201), Auditor)).Status.ShouldBe(400);
        (await Get("/search", Person.Supervisor())).Status.ShouldBe(403);
        // who looked, and at whom
        await clinic.Ear.Wait("records.listed.v1", "projection", "trail-search");
        (await clinic.Ledger("audit").Count("records_listed", "projection", "failed-gates")).ShouldBeGreaterThan(0);
        var logs = (await Get("/logs", Auditor)).Body.AsArray();
        logs.Select(log => log!["service"]!.GetValue<string>()).ShouldContain("consent");
        // another test forges these two
        logs.Where(log => log!["service"]!.GetValue<string>() is not ("feedback" or "session")).ShouldAllBe(log => log!["doubts"]!.GetValue<long>() == 0);
    }

    [Fact, Trait("Abuse", "80")]
    public async Task an_export_asks_for_a_recent_login_and_runs_in_no_spreadsheet()
    {
        var csv = await Get("/export?format=csv", Auditor);
        csv.Accepted().Text.ShouldStartWith("position,producer,");
        csv.Text.Split("\r\n").Skip(1).SelectMany(line => line.Split(',')).Where(cell => cell.Length > 0).ShouldAllBe(cell => !"=+@\t".Contains(cell[0]));
        (await Get("/export?format=xml", Auditor)).Status.ShouldBe(400);
    }

    private Task<Answer> Get(string path, Person by, string? purpose = "HOPERAT") => clinic.Get("audit", path, by, purpose);
}
