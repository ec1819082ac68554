using Clinic.Contracts;
using Clinic.Contracts.Notifications;

namespace Clinic.Consent.Domain;

/// <summary>A deadline's own command: the term has passed. Said once.</summary>
public sealed record NoteAccountingOverdue(string ClientId, string RequestId);

public static class NoteAccountingOverdueAggregateHandler
{
    public static object[] Handle(NoteAccountingOverdue command, Accountings? state, Actor by, DateTimeOffset now) =>
        // one that waits for the fee to be accepted waits for the client
        state?.Find(command.RequestId) is { IssuedAt: null, Overdue: false } request && request is not { FeeApplies: true, FeeAccepted: false } && request.DueAt <= now
            ?
            [
                new AccountingOverdue(request.Id, state.ClientId, request.DueAt),
                new NotificationWanted(
                    Notifying.IdOf("accounting", $"{state.ClientId}-{request.Id}"), state.ClientId, ConsentPolicy.RecordKeepers, NotificationTemplates.AnswerLate,
                    ConsentPolicy.DefaultLanguage, now + ConsentPolicy.NotificationsLast, request.Id)
            ]
            : [];
}
