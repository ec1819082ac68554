using Clinic.Contracts;
using Clinic.Contracts.Consent;
using Clinic.Contracts.Session;

namespace Clinic.Session.Domain;

/// <summary>Internal: a reaction's words for one of consent's public events.</summary>
/// <param name="Status">One of the constants of <see cref="ConsentNoted"/>.</param>
/// <param name="EffectiveAt">Of a withdrawal.</param>
public sealed record NoteConsent(
    string ClientId, string DirectiveId, int DirectiveVersion, string Status, ConsentScope[] Scopes, string Producer,
    long Sequence, DateTimeOffset? ValidFrom = null, DateTimeOffset? ExpiresAt = null,
    DateTimeOffset? EffectiveAt = null);

public static class NoteConsentAggregateHandler
{
    public static object[] Handle(NoteConsent command, ClientCare? state, Actor by, DateTimeOffset now)
    {
        var known = state?.Consent(command.DirectiveId);
        // A grant that was overtaken by its withdrawal must not open a window (T27); a repeat changes nothing (T26).
        if (known?.DirectiveVersion >= command.DirectiveVersion) return [];

        var noted = new ConsentNoted(
            command.ClientId, command.DirectiveId, command.DirectiveVersion, command.Status, command.Scopes,
            command.Producer, command.Sequence, command.ValidFrom ?? known?.ValidFrom,
            command.ExpiresAt ?? known?.ExpiresAt,
            command.Status == ConsentNoted.Withdrawn ? command.EffectiveAt ?? now : null);
        if (state is null || command.Status == ConsentNoted.Granted) return [noted];

        var care = state.Apply(noted);
        var ended = care.Sessions.Where(s => RestedOn(s, noted) && !StillHolds(s, care, now));
        return [noted, .. ended.SelectMany(s => End(s, care, now))];
    }

    private static bool RestedOn(ListedSession session, ConsentNoted noted) => noted.Scopes.Any(scope =>
        scope.Kind == ScopeKinds.Treatment || (scope.Kind == ScopeKinds.Modality && scope.Value == session.Modality));

    // A withdrawal ahead leaves alone what is over by then; another directive may carry the session on.
    private static bool StillHolds(ListedSession session, ClientCare care, DateTimeOffset now)
    {
        var instant = session.InProgress || session.StartsAt < now ? now : session.StartsAt;
        return care.Treatment(instant) is not null && care.Modality(session.Modality, instant) is not null;
    }

    /// <summary>
    /// P3: in progress is stopped, planned is cancelled, in the transaction that learns of the withdrawal.
    /// </summary>
    private static object[] End(ListedSession session, ClientCare care, DateTimeOffset now) =>
    [
        new ForStream(
            TherapySession.StreamId(session.SessionId), typeof(TherapySession),
            session.InProgress
                ? new SessionStopped(
                    session.SessionId, care.ClientId, Parties.ConsentWithdrawn, SessionStopped.ForConsent)
                : new SessionCancelled(
                    session.SessionId, care.ClientId, Parties.ConsentWithdrawn,
                    CancelSessionAggregateHandler.NoticeHours(session.StartsAt, now))),
        new SessionUnlisted(care.ClientId, session.SessionId, Parties.ConsentWithdrawn)
    ];
}
