using Clinic.Contracts;

namespace Clinic.Feedback.Domain;

// Internal: reactions' words for other services' public events. The producer's sequence orders them; what is older than the fact
// already noted, or the same, changes nothing.

public sealed record NoteClient(string ClientId, string AgeBand, string Language, string Region, string Producer, long Sequence);

public static class NoteClientAggregateHandler
{
    public static object[] Handle(NoteClient command, ClientCourse? state, Actor by, DateTimeOffset now) =>
        state?.Client?.Sequence >= command.Sequence
            ? []
            : [new ClientNoted(command.ClientId, command.AgeBand, command.Language, command.Region, command.Producer, command.Sequence)];
}

public sealed record NoteSupporter(string ClientId, string PractitionerId, string Modality, string Producer, long Sequence, string? TimeZone = null);

public static class NoteSupporterAggregateHandler
{
    public static object[] Handle(NoteSupporter command, ClientCourse? state, Actor by, DateTimeOffset now)
    {
        var known = state?.Supporter;
        var zone = command.TimeZone ?? known?.TimeZone;
        // every booking says it; only news is kept
        if (known?.Sequence >= command.Sequence || (known?.PractitionerId, known?.Modality, known?.TimeZone) == (command.PractitionerId, command.Modality, zone)) return [];
        return [new SupporterNoted(command.ClientId, command.PractitionerId, command.Modality, command.Producer, command.Sequence, zone)];
    }
}
