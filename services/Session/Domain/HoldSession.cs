using Clinic.Contracts;
using Clinic.Contracts.Session;
using FluentValidation;

namespace Clinic.Session.Domain;

/// <summary>Internal: what a session rests on has ended (P7, P13).</summary>
/// <param name="ReasonCode">Why.</param>
/// <param name="EffectiveAt">Since when, which may be before anybody here knew.</param>
/// <param name="FallbackPlatformId">Where it moves instead of being held, if there is somewhere.</param>
public sealed record HoldSession(
    string SessionId, string ReasonCode, DateTimeOffset EffectiveAt, string? FallbackPlatformId = null);

public static class HoldSessionAggregateHandler
{
    public static object[] Handle(HoldSession command, TherapySession? state, Actor by, DateTimeOffset now)
    {
        if (state is null) return [];
        if (state.Status == SessionStatus.Scheduled)
        {
            if (command.FallbackPlatformId is { } platform)
                return state.PlatformId == platform ? [] : Move(state, platform);
            return state.HeldFor is null
                ?
                [
                    new SessionHeld(state.SessionId, state.ClientId, command.ReasonCode),
                    .. state.Reminder is { } reminder
                        ? [new ReminderCancelled(state.SessionId, state.ClientId, reminder)]
                        : Array.Empty<object>()
                ]
                : [];
        }

        // T37: what took place while it did not hold is flagged, and nothing is deleted.
        var affected = state.Started?.StartedAt >= command.EffectiveAt && !state.Flags.Contains(command.ReasonCode);
        return affected
            ? [new SessionFlagged(state.SessionId, state.ClientId, command.ReasonCode, command.EffectiveAt)]
            : [];
    }

    // Consent that named the old platform does not carry over: the gate asks for the new one's (P13).
    private static object[] Move(TherapySession session, string platform) =>
    [
        new SessionMovedToPlatform(session.SessionId, session.ClientId, platform),
        new ForStream(
            ClientCare.StreamId(session.ClientId), typeof(ClientCare),
            new SessionRelisted(session.ClientId, session.SessionId, session.Modality, session.StartsAt, platform))
    ];
}

public sealed class ReleaseSessionHoldValidator : AbstractValidator<ReleaseSessionHold>
{
    public ReleaseSessionHoldValidator() => RuleFor(c => c.SessionId).MustBeId();
}

public static class ReleaseSessionHoldAggregateHandler
{
    public static object[] Handle(ReleaseSessionHold command, TherapySession? state, Actor by, DateTimeOffset now)
    {
        by.MustBeClinician();
        var session = state.Known();
        if (session.HeldFor is null) return [];
        var released = new SessionHoldReleased(session.SessionId, session.ClientId, by.Id);
        // the time at which it would have been announced may have passed meanwhile
        return [released, .. SendReminderAggregateHandler.Handle(new(session.SessionId), session.Apply(released), by, now)];
    }
}
