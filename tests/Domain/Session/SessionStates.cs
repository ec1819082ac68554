using System.Text.Json;
using Clinic.Contracts;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Session;

using Clinic.Session.Domain;

public sealed class SessionStates
{
    [Fact]
    public void every_state_and_stored_event_survives_json()
    {
        object[] values =
        [
            Some.Consent, Some.Suitability, Some.Plan, new CrisisNoted(Some.Client, true, "intake", 20), Some.Listed,
            Some.Opened, new SessionUnlisted(Some.Client, "ses-1", "ended"), Some.Scheduled,
            new SessionGateEvaluated("ses-1", Some.Client, [new("no-gap", true), new("plan", false, 17, 3)], false),
            Some.Started, Some.Ended, Some.Cancelled, Some.Stopped,
            Some.Care(Some.Listed, Some.Opened) with { Version = 5 },
            Spec.Fold<TherapySession>(Some.Scheduled, Some.Started, Some.Ended)!
        ];
        foreach (var value in values)
            Spec.Json(JsonSerializer.Deserialize(Spec.Json(value), value.GetType(), ContractJson.Options))
                .ShouldBe(Spec.Json(value));
    }

    [Fact]
    public void a_session_is_listed_until_it_is_over()
    {
        Some.Care(Some.Listed).Session("ses-1")!.InProgress.ShouldBeFalse();
        Some.Care(Some.Listed, Some.Opened).Session("ses-1")!.InProgress.ShouldBeTrue();
        Some.Care(Some.Listed, Some.Opened, new SessionUnlisted(Some.Client, "ses-1", "ended"))
            .Session("ses-1").ShouldBeNull();
    }
}
