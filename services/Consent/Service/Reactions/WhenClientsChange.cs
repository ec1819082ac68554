using Clinic.Consent.Domain;
using Clinic.Contracts.Intake;
using Clinic.Hosting;
using Clinic.Messaging;

namespace Clinic.Consent.Service.Reactions;

/// <summary>What intake says of clients that a decision or a proposal here rests on.</summary>
internal static class WhenClientsChange
{
    /// <summary>T6: nobody is asked in a language that is not theirs.</summary>
    public static Task Registered(ClientRegistered e, Reaction reaction, CancellationToken ct) =>
        Handling.NoteClientLanguage(reaction.Scope(Handling.Service, TimeProvider.System), new NoteClientLanguage(e.ClientId, e.Language), ct);

    /// <summary>P15: told once in each record, and noted in each.</summary>
    public static Task Linked(ClientsLinked e, Reaction reaction, CancellationToken ct) => Note(e.ClientId, Other(e.ClientId, e.Survivor, e.Duplicate), true, reaction, ct);

    public static Task Unlinked(ClientsUnlinked e, Reaction reaction, CancellationToken ct) => Note(e.ClientId, Other(e.ClientId, e.Survivor, e.Duplicate), false, reaction, ct);

    private static string Other(string clientId, string survivor, string duplicate) => clientId == survivor ? duplicate : survivor;

    private static Task Note(string clientId, string other, bool linked, Reaction reaction, CancellationToken ct) =>
        Handling.NoteClientLink(reaction.Scope(Handling.Service, TimeProvider.System), new NoteClientLink(clientId, other, linked), ct);
}
