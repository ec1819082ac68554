using Clinic.Contracts;
using Clinic.Contracts.Consent;
using Clinic.Contracts.Session;

namespace Clinic.Session.Domain;

/// <summary>Internal: a reaction's words for one of consent's public events.</summary>
/// <param name="Status">One of the constants of <see cref="ConsentNoted"/>.</param>
/// <param name="EffectiveAt">Of a withdrawal, and of the beginning of what takes its place.</param>
public sealed record NoteConsent(
    string ClientId, string DirectiveId, int DirectiveVersion, string Status, ConsentScope[] Scopes, string Producer,
    long Sequence, DateTimeOffset? ValidFrom = null, DateTimeOffset? ExpiresAt = null,
    DateTimeOffset? EffectiveAt = null);

/// <param name="Running">Whom a recorder runs for together with one of the client's sessions.</param>
public sealed record WithdrawalFacts(Actor By, RecordedSession[] Running);

public static class NoteConsentAggregateHandler
{
    public static object[] Handle(NoteConsent command, ClientCare? state, WithdrawalFacts facts, DateTimeOffset now)
    {
        var known = state?.Consent(command.DirectiveId);
        // A grant that was overtaken by its withdrawal must not open a window (T27); a repeat changes nothing (T26).
        if (known?.DirectiveVersion >= command.DirectiveVersion) return [];

        var noted = new ConsentNoted(
            command.ClientId, command.DirectiveId, command.DirectiveVersion, command.Status, command.Scopes,
            command.Producer, command.Sequence, command.ValidFrom ?? known?.ValidFrom,
            command.ExpiresAt ?? known?.ExpiresAt,
            command.Status switch
            {
                ConsentNoted.Withdrawn => command.EffectiveAt ?? now,
                // until its successor begins it holds
                ConsentNoted.Superseded when command.EffectiveAt > now => command.EffectiveAt,
                _ => null
            });
        if (state is null || command.Status == ConsentNoted.Granted) return [noted];

        return [noted, .. Consequences(noted, state.Apply(noted), facts, now)];
    }

    /// <summary>What a directive that ended, or ends at an instant ahead, leaves without consent.</summary>
    internal static object[] Consequences(ConsentNoted noted, ClientCare care, WithdrawalFacts facts, DateTimeOffset now)
    {
        var ended = care.Sessions.Where(s => RestedOn(s, noted) && !StillHolds(s, care, now)).ToArray();
        return
        [
            .. ended.SelectMany(s => End(s, care, now)),
            .. care.Sessions.Except(ended).SelectMany(s => RecorderOff(s, care, facts, now)),
            .. EndCourses(care, noted, now)
        ];
    }

    private static bool RestedOn(ListedSession session, ConsentNoted noted) => noted.Scopes.Any(scope =>
        scope.Kind == ScopeKinds.Treatment
        || (scope.Kind == ScopeKinds.Modality && scope.Value == session.Modality)
        || (scope.Kind == ScopeKinds.Platform && scope.Value == session.PlatformId));

    // A withdrawal ahead leaves alone what is over by then; another directive may carry the session on.
    private static bool StillHolds(ListedSession session, ClientCare care, DateTimeOffset now)
    {
        var instant = session.InProgress || session.StartsAt < now ? now : session.StartsAt;
        return care.Treatment(instant) is not null && care.Modality(session.Modality, instant) is not null
            && !care.Denies(s => s.Kind == ScopeKinds.Platform && s.Value == session.PlatformId, instant);
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
        // what is queued for the client is not sent; that it was perhaps never asked for harms nobody
        .. !session.InProgress && session.StartsAt > now && session.StartsAt - now < BookSessionAggregateHandler.RemindAhead
            ?
            [
                new ForStream(
                    TherapySession.StreamId(session.SessionId), typeof(TherapySession),
                    new ReminderCancelled(
                        session.SessionId, care.ClientId,
                        BookSessionAggregateHandler.ReminderOf(session.SessionId, care.ClientId, session.StartsAt)
                            .NotificationId))
            ]
            : Array.Empty<object>(),
        .. session.RecordedWith is null
            ? Array.Empty<object>()
            :
            [
                new ForStream(
                    TherapySession.StreamId(session.SessionId), typeof(TherapySession),
                    new RecordingStopped(session.SessionId, care.ClientId, RecordingStopped.ConsentWithdrawn))
            ],
        new SessionUnlisted(care.ClientId, session.SessionId, Parties.ConsentWithdrawn),
        .. session.PractitionerId is { } practitioner
            ? Leaving.Freed(practitioner, session.EngagedOn, session.SessionId)
            : []
    ];

    /// <summary>Everybody who is recorded together stops being recorded when one of them no longer agrees.</summary>
    private static object[] RecorderOff(ListedSession session, ClientCare care, WithdrawalFacts facts, DateTimeOffset now) =>
        session.RecordedWith is { } together && care.Recording(now) is null
            ? Recorder.Off([.. together.Intersect(facts.Running)], RecordingStopped.ConsentWithdrawn, care.Id)
            : [];

    private static object[] EndCourses(ClientCare care, ConsentNoted noted, DateTimeOffset now) =>
        noted.Scopes.All(s => s.Kind != ScopeKinds.Treatment) || care.Treatment(now) is not null
            ? []
            :
            [
                .. care.Courses.SelectMany(course => new object[]
                {
                    new ForStream(
                        SelfGuidedCourse.StreamId(course), typeof(SelfGuidedCourse),
                        new CourseStopped(course, care.ClientId, Parties.ConsentWithdrawn)),
                    new CourseUnlisted(care.ClientId, course)
                })
            ];
}

/// <summary>Internal: the instant has come from which a withdrawal holds that was declared before.</summary>
public sealed record EndConsent(string ClientId, string DirectiveId);

public static class EndConsentAggregateHandler
{
    public static object[] Handle(EndConsent command, ClientCare? state, WithdrawalFacts facts, DateTimeOffset now) =>
        // brought forward, it was carried out when that was learnt, and nothing is left to end
        state?.Consent(command.DirectiveId) is { WithdrawnFrom: { } at } noted && at <= now
            ? NoteConsentAggregateHandler.Consequences(noted, state, facts, now)
            : [];
}
