using System.Text.Json;
using Clinic.Contracts;
using Clinic.Instruments;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Feedback;

using Clinic.Feedback.Domain;

/// <summary>What was scored once keeps its score, whatever is added later (T54).</summary>
public class OldAnswers
{
    // as stored by the first version: no unit, no subscales, no request
    private const string Submitted = """{"responseId":"r-1","clientId":"client-1","instrument":"phq-9","version":"1","items":[2,2,2,2,2,2,1,1,0],"missing":0,"language":"en","takenAt":"2025-01-07T09:00:00+00:00"}""";
    private const string Scored = """{"responseId":"r-1","clientId":"client-1","instrument":"phq-9","scorerVersion":"phq-9/1","validity":"complete","total":14,"band":"moderate"}""";
    private const string Raised = """{"alertId":"r-1-phq-9-item-9","clientId":"client-1","ruleId":"phq-9-item-9","responseId":"r-1","dueAt":"2025-01-07T10:00:00+00:00"}""";
    private const string Resolved = """{"alertId":"r-1-phq-9-item-9","clientId":"client-1","resolvedBy":"ther-1","action":"Called."}""";

    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, ContractJson.Options)!;

    [Fact, Trait("Scenario", "T54")]
    public void old_events_fold_with_the_totals_they_had()
    {
        var state = Spec.Fold<InstrumentResponse>(Read<MeasureSubmitted>(Submitted), Read<MeasureScored>(Scored))!;
        (state.Scored!.Total, state.Scored.Band, state.Scored.Unit, state.SupersededBy).ShouldBe((14, "moderate", null, null));
        // and the same answers still score the same under the same scorer
        var again = Phq9.Score(state.Submitted.Items.Value);
        (again.ScorerVersion, again.Total, again.Band).ShouldBe((state.Scored.ScorerVersion, state.Scored.Total, state.Scored.Band));
    }

    [Fact]
    public void an_old_alert_can_still_be_worked_on()
    {
        var state = Spec.Fold<AlertCase>(Read<SafetyAlertRaised>(Raised))!;
        (state.Kind, state.Waits, state.Level).ShouldBe((AlertKinds.Safety, true, 0));
        Spec.Fold<AlertCase>(Read<SafetyAlertRaised>(Raised), Read<AlertResolved>(Resolved))!.Resolution!.Kind.ShouldBeNull();
        // its client has no course yet: the end of the alert founds one
        Spec.Fold<ClientCourse>(new AlertClosed("client-1", state.AlertId))!.Alerts.ShouldBeEmpty();
    }
}
