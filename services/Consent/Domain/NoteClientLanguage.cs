using Clinic.Contracts;

namespace Clinic.Consent.Domain;

/// <summary>Internal: a reaction's words for the language a client was registered with.</summary>
public sealed record NoteClientLanguage(string ClientId, string Language);

public static class NoteClientLanguageAggregateHandler
{
    public static object[] Handle(NoteClientLanguage command, ClientConsents? state, Actor by, DateTimeOffset now) =>
        state?.Language == command.Language ? [] : [new ClientLanguageNoted(command.ClientId, command.Language)];
}
