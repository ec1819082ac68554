using Clinic.Contracts.Session;
using Clinic.Hosting;
using Clinic.Intake.Domain;
using Clinic.Messaging;

namespace Clinic.Intake.Service.Reactions;

/// <summary>P6: a risk seen in a session or message is intake's, too; a high one opens the crisis pathway.</summary>
internal static class WhenRiskEventRaised
{
    public static Task React(RiskEventRaised e, Reaction reaction, CancellationToken ct) => Handling.NoteRisk(
        reaction.Scope(Handling.Service, TimeProvider.System), new NoteRisk(e.ClientId, e.RiskId, e.Source, e.Severity, e.Severity == Severities.High), ct);
}
