using Clinic.Contracts.Consent;
using Clinic.Hosting;
using Clinic.Messaging;
using Clinic.Session.Domain;

namespace Clinic.Session.Service.Reactions;

/// <summary>P1, P3: this service keeps its own copy of every directive, and ends what a withdrawal leaves without consent.</summary>
internal static class WhenConsentChanges
{
    public static Task Granted(ConsentGranted e, Reaction reaction, CancellationToken ct) => Note(reaction, new NoteConsent(
        e.ClientId, e.DirectiveId, e.DirectiveVersion, ConsentNoted.Granted, e.Scopes, reaction.Producer, reaction.Message.Sequence,
        e.ValidFrom, e.ExpiresAt), ct);

    public static Task Refused(ConsentRefused e, Reaction reaction, CancellationToken ct) =>
        Ended(e.ClientId, e.DirectiveId, e.DirectiveVersion, e.Scopes, ConsentNoted.Refused, reaction, ct);

    public static Task Withdrawn(ConsentWithdrawn e, Reaction reaction, CancellationToken ct) => Note(reaction, new NoteConsent(
        e.ClientId, e.DirectiveId, e.DirectiveVersion, ConsentNoted.Withdrawn, e.Scopes, reaction.Producer, reaction.Message.Sequence,
        EffectiveAt: e.EffectiveAt), ct);

    public static Task Expired(ConsentExpired e, Reaction reaction, CancellationToken ct) =>
        Ended(e.ClientId, e.DirectiveId, e.DirectiveVersion, e.Scopes, ConsentNoted.Expired, reaction, ct);

    public static Task Superseded(ConsentSuperseded e, Reaction reaction, CancellationToken ct) => Note(reaction, new NoteConsent(
        e.ClientId, e.DirectiveId, e.DirectiveVersion, ConsentNoted.Superseded, e.Scopes, reaction.Producer, reaction.Message.Sequence,
        EffectiveAt: e.EffectiveAt), ct);

    public static Task EnteredInError(ConsentEnteredInError e, Reaction reaction, CancellationToken ct) =>
        Ended(e.ClientId, e.DirectiveId, e.DirectiveVersion, e.Scopes, ConsentNoted.EnteredInError, reaction, ct);

    private static Task Ended(
        string clientId, string directiveId, int version, ConsentScope[] scopes, string status, Reaction reaction, CancellationToken ct) =>
        Note(reaction, new NoteConsent(clientId, directiveId, version, status, scopes, reaction.Producer, reaction.Message.Sequence), ct);

    private static Task Note(Reaction reaction, NoteConsent command, CancellationToken ct) =>
        Handling.NoteConsent(reaction.Scope(Handling.Service, TimeProvider.System), command, ct);
}
