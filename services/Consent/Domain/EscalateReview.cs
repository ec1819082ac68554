using Clinic.Contracts;
using Clinic.Contracts.Consent;
using Clinic.Contracts.Notifications;

namespace Clinic.Consent.Domain;

/// <summary>A deadline's own command: nobody has reviewed it in time. Said once (T35).</summary>
public sealed record EscalateReview(string AccessId);

public static class EscalateReviewAggregateHandler
{
    public static object[] Handle(EscalateReview command, EmergencyAccess? state, Actor by, DateTimeOffset now) =>
        state is { Status: EmergencyStatus.Closed, Overdue: false, ReviewDueAt: { } due } && due <= now
            ?
            [
                new EmergencyReviewOverdue(state.AccessId, state.ClientId, due),
                new NotificationWanted(
                    Notifying.IdOf("overdue", state.AccessId), state.ClientId, ConsentPolicy.Reviewers, NotificationTemplates.ReviewWaiting,
                    ConsentPolicy.DefaultLanguage, now + ConsentPolicy.NotificationsLast, state.AccessId)
            ]
            : [];
}
