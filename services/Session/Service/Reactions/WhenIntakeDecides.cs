using Clinic.Contracts.Intake;
using Clinic.Hosting;
using Clinic.Messaging;
using Clinic.Session.Domain;

namespace Clinic.Session.Service.Reactions;

/// <summary>Intake's decisions that the start gate asks about.</summary>
internal static class WhenIntakeDecides
{
    public static Task Suitability(SuitabilityDecided e, Reaction reaction, CancellationToken ct) => Handling.NoteSuitability(Scope(reaction),
        new NoteSuitability(e.ClientId, e.Decision, e.Category, e.Modalities, e.ReviewBy, reaction.Producer, reaction.Message.Sequence), ct);

    public static Task EmergencyPlan(EmergencyPlanRecorded e, Reaction reaction, CancellationToken ct) => Handling.NoteEmergencyPlan(Scope(reaction),
        new NoteEmergencyPlan(e.ClientId, e.ReviewBy, reaction.Producer, reaction.Message.Sequence), ct);

    public static Task Crisis(CrisisActivated e, Reaction reaction, CancellationToken ct) => Handling.NoteCrisis(Scope(reaction),
        new NoteCrisis(e.ClientId, Open: true, reaction.Producer, reaction.Message.Sequence), ct);

    private static CommandScope Scope(Reaction reaction) => reaction.Scope(Handling.Service, TimeProvider.System);
}
