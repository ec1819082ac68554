using Clinic.Contracts;

namespace Clinic.Consent.Domain;

/// <summary>Internal: a reaction's words for intake's news that two clients are one person, or are not.</summary>
public sealed record NoteClientLink(string ClientId, string OtherClientId, bool Linked);

public static class NoteClientLinkAggregateHandler
{
    public static object[] Handle(NoteClientLink command, ClientConsents? state, Actor by, DateTimeOffset now) =>
        (state?.LinkedClients.Contains(command.OtherClientId) ?? false) == command.Linked
            ? []
            : [new ClientLinkNoted(command.ClientId, command.OtherClientId, command.Linked)];
}
