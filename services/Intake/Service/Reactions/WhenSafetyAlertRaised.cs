using Clinic.Contracts.Feedback;
using Clinic.Hosting;
using Clinic.Intake.Domain;
using Clinic.Messaging;

namespace Clinic.Intake.Service.Reactions;

/// <summary>P6: intake sees every safety alert that feedback raises; one case per alert, however often it is told.</summary>
internal static class WhenSafetyAlertRaised
{
    public static Task React(SafetyAlertRaised e, Reaction reaction, CancellationToken ct) => Handling.NoteSafetyAlert(
        reaction.Scope(Handling.Service, TimeProvider.System),
        new NoteSafetyAlert(e.ClientId, e.AlertId, e.RuleId, e.ResponseId, e.DueAt), ct);
}
