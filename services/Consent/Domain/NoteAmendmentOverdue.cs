using Clinic.Contracts;
using Clinic.Contracts.Notifications;

namespace Clinic.Consent.Domain;

/// <summary>A deadline's own command: the term has passed. Said once.</summary>
public sealed record NoteAmendmentOverdue(string AmendmentId);

public static class NoteAmendmentOverdueAggregateHandler
{
    public static object[] Handle(NoteAmendmentOverdue command, Amendment? state, Actor by, DateTimeOffset now) =>
        state is { Accepted: null, Overdue: false } && state.DueAt <= now
            ?
            [
                new AmendmentOverdue(command.AmendmentId, state.ClientId, state.DueAt),
                new NotificationWanted(
                    Notifying.IdOf("amendment", command.AmendmentId), state.ClientId, ConsentPolicy.RecordKeepers, NotificationTemplates.AnswerLate,
                    ConsentPolicy.DefaultLanguage, now + ConsentPolicy.NotificationsLast, command.AmendmentId)
            ]
            : [];
}
