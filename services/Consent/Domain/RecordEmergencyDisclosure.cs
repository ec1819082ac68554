using Clinic.Contracts;
using Clinic.Contracts.Consent;
using FluentValidation;

namespace Clinic.Consent.Domain;

/// <summary>Every member is one that 42 CFR 2.51(c) asks for; one that is empty is missing (T36).</summary>
public sealed class RecordEmergencyDisclosureValidator : AbstractValidator<RecordEmergencyDisclosure>
{
    public RecordEmergencyDisclosureValidator()
    {
        RuleFor(c => c.DisclosureId).MustBeId();
        RuleFor(c => c.AccessId).MustBeId();
        RuleFor(c => c.RecipientName).NotEmpty().MaximumLength(200);
        RuleFor(c => c.Facility).NotEmpty().MaximumLength(200);
        RuleFor(c => c.NatureOfEmergency).NotEmpty().MaximumLength(1000);
        RuleFor(c => c.Description).NotEmpty().MaximumLength(1000);
        RuleFor(c => c.At).Must(FieldRules.IsSane).WithMessage(FieldRules.Insane);
    }
}

public static class RecordEmergencyDisclosureAggregateHandler
{
    // People note the minute.
    private static readonly TimeSpan ToTheMinute = TimeSpan.FromMinutes(1);

    public static object[] Handle(RecordEmergencyDisclosure command, EmergencyAccess? state, Actor by, DateTimeOffset now)
    {
        if (state is null || state.UserId != by.Id || state.Status == EmergencyStatus.Denied)
            throw new RuleViolation("access_unknown", "There is no such access of yours.", "accessId");
        if (state.Disclosures.Contains(command.DisclosureId)) return [];
        // A call is noted down after the call, so a closed access may still be added to; what lies outside its time may not.
        if (command.At > now || command.At <= state.GrantedAt - ToTheMinute || command.At > state.ClosedAt || command.At >= state.ExpiresAt)
            throw new RuleViolation("outside_access", "It was not made under this access.", "at");
        return
        [
            new EmergencyDisclosureMade(
                command.DisclosureId, command.AccessId, state.ClientId, command.RecipientName, command.Facility, command.NatureOfEmergency,
                command.Description, by.Id, command.At)
        ];
    }
}
