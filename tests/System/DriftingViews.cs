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
        await Eventually.True(() => clinic.Ledger("intake").Value<bool>("select exists (select from views.safety_card where client_id = $1 and last_total > 0)", walk.ClientId), "the total in the view");
        var before = await Card();
        // the service folds what the tests have written so far before it can tell
        await Eventually.True(async () =>
        {
            await clinic.Ledger("intake").Execute($"update views.safety_card set last_total = 0 where client_id = '{walk.ClientId}'");
            return (await clinic["intake"].Health("ready"))!.Text.Contains("drift-safety-card", StringComparison.Ordinal);
        }, "the alarm", 60);
        (await clinic["intake"].Health("ready"))!.Status.ShouldBe(200);
        await Eventually.True(async () => await Card() == before, "the repair");
        var found = await clinic.Ear.Wait("view.drift-found.v1", "view", "safety-card");
        found["rows"]!.ShouldContain(walk.ClientId);
        await clinic.Ear.Wait("view.repaired.v1", "view", "safety-card");
        await Eventually.True(async () => (await clinic.Get("audit", "/incidents?open=true", Person.Auditor(), purpose: null)).Text.Contains("drift-intake-safety-card-1", StringComparison.Ordinal), "the incident");
        // nothing else has ever differed
        foreach (var service in RunningClinic.Names)
            (await clinic.Ledger(service).Value<long>("select count(*) from public.mt_events where type = 'view_drift_found' and data ->> 'view' <> 'safety-card'")).ShouldBe(0, service);

        Task<string> Card() => clinic.Ledger("intake").Value<string>("select to_jsonb(c)::text from views.safety_card c where client_id = $1", walk.ClientId);
    }
}
