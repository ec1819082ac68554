using Clinic.Contracts;

namespace Clinic.Session.Domain;

// Internal: a reaction's words for intake's public events. The producer's sequence orders them; what is older than the
// fact already noted, or the same, changes nothing.

public sealed record NoteSuitability(
    string ClientId, string Decision, string Category, string[] Modalities, DateOnly ReviewBy, string Producer,
    long Sequence);

public static class NoteSuitabilityAggregateHandler
{
    public static object[] Handle(NoteSuitability command, ClientCare? state, Actor by, DateTimeOffset now) =>
        state?.Suitability?.Sequence >= command.Sequence
            ? []
            :
            [
                new SuitabilityNoted(
                    command.ClientId, command.Decision, command.Category, command.Modalities, command.ReviewBy,
                    command.Producer, command.Sequence)
            ];
}

public sealed record NoteEmergencyPlan(string ClientId, DateOnly ReviewBy, string Producer, long Sequence);

public static class NoteEmergencyPlanAggregateHandler
{
    public static object[] Handle(NoteEmergencyPlan command, ClientCare? state, Actor by, DateTimeOffset now) =>
        state?.EmergencyPlan?.Sequence >= command.Sequence
            ? []
            : [new EmergencyPlanNoted(command.ClientId, command.ReviewBy, command.Producer, command.Sequence)];
}

/// <param name="Open">True for an activated crisis pathway, false for a closed one.</param>
public sealed record NoteCrisis(string ClientId, bool Open, string Producer, long Sequence);

public static class NoteCrisisAggregateHandler
{
    public static object[] Handle(NoteCrisis command, ClientCare? state, Actor by, DateTimeOffset now) =>
        state?.Crisis?.Sequence >= command.Sequence
            ? []
            : [new CrisisNoted(command.ClientId, command.Open, command.Producer, command.Sequence)];
}
