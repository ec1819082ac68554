namespace Clinic.SystemTests;

/// <summary>A view that could not apply an event says so to whoever reads it.</summary>
public sealed class StaleViews(RunningClinic clinic)
{
    [Fact]
    public async Task A_view_that_lacks_an_event_of_a_client_answers_with_Stale_until_it_is_rebuilt()
    {
        var (ill, well) = (await new Walk(clinic).Registered(), await new Walk(clinic).Registered());
        await using var reader = await Instances.Of(clinic);
        (await Stale(ill)).ShouldBeFalse();
        // what the view must not hold, it cannot apply
        await clinic.Ledger("intake").Execute($"alter table views.safety_card add constraint planted check (client_id <> '{ill.ClientId}' or last_total is null) not valid");
        foreach (var walk in new[] { ill, well })
            (await clinic.Post("intake.submit-screen.v1",
                new { walk.ClientId, screenId = "s-" + walk.ClientId, instrument = "phq-9", version = "1", items = Walk.Answers, language = "en" }, walk.Client)).Accepted();

        await Eventually.True(async () => await Stale(ill), "the view to say that it is stale");
        (await Stale(well)).ShouldBeFalse("another client's record is whole");
        (await clinic["intake"].Health("ready"))!.Text.ShouldContain("stale-safety-card");

        await clinic.Ledger("intake").Execute("alter table views.safety_card drop constraint planted");
        await clinic["intake"].Rebuild("safety-card");
        (await Stale(ill)).ShouldBeFalse();
        await Eventually.True(async () => !(await clinic["intake"].Health("ready"))!.Text.Contains("stale-safety-card", StringComparison.Ordinal), "the alarm to end");

        async Task<bool> Stale(Walk walk)
        {
            var (answer, headers) = await reader.Get("intake", $"/clients/{walk.ClientId}/safety-card", walk.Therapist);
            answer.Accepted();
            return headers.TryGetValues("Stale", out var stale) && stale.Single() == "true";
        }
    }
}
