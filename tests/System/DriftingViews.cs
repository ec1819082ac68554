namespace Clinic.SystemTests;

/// <summary>A view's row changed behind its service.</summary>
public sealed class DriftingViews(RunningClinic clinic)
{
    [Fact]
    public async Task A_row_changed_by_hand_is_an_alarm_within_seconds_an_incident_and_is_repaired()
    {
        var walk = await new Walk(clinic).Registered();
        (await clinic.Post("intake.submit-screen.v1",
            new { walk.ClientId, screenId = "s-" + walk.ClientId, instrument = "phq-9", version = "1", items = Walk.Answers, language = "en" }, walk.Client)).Accepted();
        var before = (await clinic.Get("intake", $"/clients/{walk.ClientId}/safety-card", walk.Therapist)).Accepted().Text;
        // the service folds what the tests have written so far before it can tell
        await Eventually.True(async () =>
        {
            await clinic.Ledger("intake").Execute($"update views.safety_card set last_total = 0 where client_id = '{walk.ClientId}'");
            return (await clinic["intake"].Health("ready"))!.Text.Contains("drift-safety-card", StringComparison.Ordinal);
        }, "the alarm", 60);
        (await clinic["intake"].Health("ready"))!.Status.ShouldBe(200);
        await Eventually.True(async () => (await clinic.Get("intake", $"/clients/{walk.ClientId}/safety-card", walk.Therapist)).Text == before, "the repair");
        var found = await clinic.Ear.Wait("view.drift-found.v1", "view", "safety-card");
        found["changed"].ShouldBe("1");
        await clinic.Ear.Wait("view.repaired.v1", "view", "safety-card");
        await Eventually.True(async () => (await clinic.Get("audit", "/incidents?open=true", Person.Auditor(), purpose: null)).Text.Contains("drift-intake-safety-card-1", StringComparison.Ordinal), "the incident");
        // nothing else has ever differed
        foreach (var service in RunningClinic.Names)
            (await clinic.Ledger(service).Value<long>("select count(*) from public.mt_events where type = 'view_drift_found' and data ->> 'view' <> 'safety-card'")).ShouldBe(0, service);
    }
}
