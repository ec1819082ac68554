using Clinic.Contracts;
using Clinic.Contracts.Notifications;

namespace Clinic.Consent.Domain;

/// <summary>A deadline's own command: the term has passed. Said once.</summary>
public sealed record NoteAccessOverdue(string RequestId);

public static class NoteAccessOverdueAggregateHandler
{
    public static object[] Handle(NoteAccessOverdue command, AccessRequest? state, Actor by, DateTimeOffset now) =>
        state is { ContentHash: null, Overdue: false } && state.DueAt <= now
            ?
            [
                new AccessOverdue(state.RequestId, state.ClientId, state.DueAt),
                new NotificationWanted(
                    Notifying.IdOf("access", state.RequestId), state.ClientId, ConsentPolicy.RecordKeepers, NotificationTemplates.AnswerLate,
                    ConsentPolicy.DefaultLanguage, now + ConsentPolicy.NotificationsLast, state.RequestId)
            ]
            : [];
}
