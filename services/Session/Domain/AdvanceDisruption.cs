using Clinic.Contracts;
using Clinic.Contracts.Session;

namespace Clinic.Session.Domain;

/// <summary>Internal: the time to reconnect, or to reach the client another way, is over (P9).</summary>
public sealed record AdvanceDisruption(string SessionId);

public static class AdvanceDisruptionAggregateHandler
{
    public static object[] Handle(
        AdvanceDisruption command, TherapySession? state, AbsenceFacts facts, DateTimeOffset now)
    {
        // The deadline decides nothing: whoever reconnected meanwhile, or ended the session, was faster.
        if (state?.Disruption is not { } open || now < (open.EndsAt ?? open.ReconnectBy)) return [];
        if (open.EndsAt is null)
            return
            [
                new FallbackChannelUsed(
                    state.SessionId, state.ClientId, open.Number, now + facts.Policy.FallbackWithin,
                    Fallback(state, facts.Care, now))
            ];

        var minutes = (int)Math.Clamp((open.Since - (state.Started?.StartedAt ?? open.Since)).TotalMinutes, 0, 1440);
        return
        [
            new SessionEnded(state.SessionId, state.ClientId, minutes, EndSession.Partial, "incomplete"),
            .. facts.Care?.IsAtRisk is true
                ?
                [
                    new WelfareCheckDue(
                        state.SessionId, state.ClientId, WelfareCheckDue.Disruption,
                        now + facts.Policy.WelfareCheckWithin)
                ]
                : Array.Empty<object>(),
            .. Leaving.After(state, "incomplete")
        ];
    }

    // A call first; only what the client has agreed to.
    private static string? Fallback(TherapySession session, ClientCare? care, DateTimeOffset now) =>
        new[] { Modalities.Voice, Modalities.Text, Modalities.Video }.FirstOrDefault(modality =>
            modality != session.Modality && care?.Modality(modality, now) is not null);
}
