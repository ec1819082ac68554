using Clinic.Contracts;
using Clinic.Contracts.Consent;
using FluentValidation;

namespace Clinic.Consent.Domain;

public sealed class CloseEmergencyAccessValidator : AbstractValidator<CloseEmergencyAccess>
{
    public CloseEmergencyAccessValidator() => RuleFor(c => c.AccessId).MustBeId();
}

public static class CloseEmergencyAccessAggregateHandler
{
    public static object[] Handle(CloseEmergencyAccess command, EmergencyAccess? state, Actor by, DateTimeOffset now)
    {
        if (state is null || (state.UserId != by.Id && by.Role is not (Roles.Supervisor or Roles.Service)))
            throw new RuleViolation("access_unknown", "There is no such access of yours.", "accessId");
        if (state.Status != EmergencyStatus.Granted) return [];
        // A deadline comes a little late; the access ended when it ended.
        var byTime = now >= state.ExpiresAt;
        if (by.Role == Roles.Service && !byTime) return [];
        var at = byTime ? state.ExpiresAt : now;
        return
        [
            new EmergencyAccessClosed(
                state.AccessId, state.ClientId,
                byTime ? Clinic.Contracts.Consent.EmergencyAccessClosed.ByTime : Clinic.Contracts.Consent.EmergencyAccessClosed.ByUser,
                at, at + state.ReviewWithin)
        ];
    }
}
