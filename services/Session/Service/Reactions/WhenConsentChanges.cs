using Clinic.Contracts.Consent;
using Clinic.Hosting;
using Clinic.Messaging;
using Clinic.Session.Domain;

namespace Clinic.Session.Service.Reactions;

/// <summary>P1, P3: this service keeps its own copy of every directive, and ends what a withdrawal leaves without consent.</summary>
internal static class WhenConsentChanges
{
    public static Task Granted(ConsentGranted e, Reaction reaction, CancellationToken ct) => Note(reaction, new NoteConsent(
        e.ClientId, e.DirectiveId, e.DirectiveVersion, Domain.ConsentNoted.Granted, e.Scopes, reaction.Producer, reaction.Message.Sequence,
        e.ValidFrom, e.ExpiresAt), ct);

    public static Task Refused(ConsentRefused e, Reaction reaction, CancellationToken ct) => Note(reaction, new NoteConsent(
        e.ClientId, e.DirectiveId, e.DirectiveVersion, Domain.ConsentNoted.Refused, e.Scopes, reaction.Producer, reaction.Message.Sequence), ct);

    public static Task Withdrawn(ConsentWithdrawn e, Reaction reaction, CancellationToken ct) => Note(reaction, new NoteConsent(
        e.ClientId, e.DirectiveId, e.DirectiveVersion, Domain.ConsentNoted.Withdrawn, e.Scopes, reaction.Producer, reaction.Message.Sequence,
        EffectiveAt: e.EffectiveAt), ct);

    private static Task Note(Reaction reaction, NoteConsent command, CancellationToken ct) =>
        Handling.NoteConsent(reaction.Scope(Handling.Service, TimeProvider.System), command, ct);
}
