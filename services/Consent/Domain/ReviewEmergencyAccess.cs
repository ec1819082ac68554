using Clinic.Contracts;
using Clinic.Contracts.Consent;
using Clinic.Contracts.Notifications;
using FluentValidation;
using Public = Clinic.Contracts.Consent.EmergencyAccessReviewed;

namespace Clinic.Consent.Domain;

public sealed class ReviewEmergencyAccessValidator : AbstractValidator<ReviewEmergencyAccess>
{
    public ReviewEmergencyAccessValidator()
    {
        RuleFor(c => c.AccessId).MustBeId();
        RuleFor(c => c.Outcome).MustBeOneOf([Public.Justified, Public.Unjustified]);
        RuleFor(c => c.Findings).MaximumLength(4000);
    }
}

/// <param name="Language">In which the client is addressed, where it is known.</param>
public sealed record ReviewFacts(Actor By, string? Language);

public static class ReviewEmergencyAccessAggregateHandler
{
    public static object[] Handle(ReviewEmergencyAccess command, EmergencyAccess? state, ReviewFacts facts, DateTimeOffset now)
    {
        var by = facts.By;
        if (state is null || state.Status == EmergencyStatus.Denied)
            throw new RuleViolation("access_unknown", "There is no such access.", "accessId");
        if (state.UserId == by.Id)
            throw new RuleViolation("reviewer_is_user", "Nobody reviews an access of their own.", "accessId");
        if (state.Status == EmergencyStatus.Granted)
            throw new RuleViolation("access_open", "An access is reviewed when it is over.", "accessId");
        if (state.Status != EmergencyStatus.Closed)
            return (state.Status == EmergencyStatus.Justified) == (command.Outcome == Public.Justified)
                ? []
                : throw new RuleViolation("access_reviewed", "This access was reviewed already.", "accessId");
        var reviewed = new EmergencyAccessReviewed(
            command.AccessId, state.ClientId, by.Id, command.Outcome, command.InformingIsHarmful, command.Findings);
        if (command.InformingIsHarmful) return [reviewed];
        return
        [
            reviewed, new ClientInformed(command.AccessId, state.ClientId),
            new NotificationWanted(
                Notifying.IdOf("informed", command.AccessId), state.ClientId, $"client:{state.ClientId}", NotificationTemplates.SomethingNew,
                facts.Language ?? ConsentPolicy.DefaultLanguage, now + ConsentPolicy.NotificationsLast, command.AccessId)
        ];
    }
}
