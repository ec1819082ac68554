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

public sealed record NoteIdentity(
    string ClientId, string Level, DateTimeOffset ExpiresAt, string Producer, long Sequence);

public static class NoteIdentityAggregateHandler
{
    public static object[] Handle(NoteIdentity command, ClientCare? state, Actor by, DateTimeOffset now) =>
        state?.Identity?.Sequence >= command.Sequence
            ? []
            : [new IdentityNoted(command.ClientId, command.Level, command.ExpiresAt, command.Producer, command.Sequence)];
}

public sealed record NoteSafetyEducation(
    string ClientId, string ContentId, int ContentVersion, string Producer, long Sequence);

public static class NoteSafetyEducationAggregateHandler
{
    public static object[] Handle(NoteSafetyEducation command, ClientCare? state, Actor by, DateTimeOffset now) =>
        // an older version read later is no step back
        state?.SafetyEducation.Any(known => known.ContentId == command.ContentId
            && (known.ContentVersion >= command.ContentVersion || known.Sequence >= command.Sequence)) is true
            ? []
            :
            [
                new SafetyEducationNoted(
                    command.ClientId, command.ContentId, command.ContentVersion, command.Producer, command.Sequence)
            ];
}

public sealed record NoteRisk(string ClientId, string Tier, string Producer, long Sequence);

public static class NoteRiskAggregateHandler
{
    public static object[] Handle(NoteRisk command, ClientCare? state, Actor by, DateTimeOffset now) =>
        state?.Risk?.Sequence >= command.Sequence
            ? []
            : [new RiskNoted(command.ClientId, command.Tier, command.Producer, command.Sequence)];
}

public sealed record NoteClientLink(string ClientId, string OtherId, bool Linked, string Producer, long Sequence);

public static class NoteClientLinkAggregateHandler
{
    public static object[] Handle(NoteClientLink command, ClientCare? state, Actor by, DateTimeOffset now) =>
        state?.Links.Any(known => known.OtherId == command.OtherId && known.Sequence >= command.Sequence) is true
            ? []
            :
            [
                new ClientLinkNoted(
                    command.ClientId, command.OtherId, command.Linked, command.Producer, command.Sequence),
                // each of the two knows of the other
                new ForStream(
                    ClientCare.StreamId(command.OtherId), typeof(ClientCare),
                    new ClientLinkNoted(
                        command.OtherId, command.ClientId, command.Linked, command.Producer, command.Sequence))
            ];
}
