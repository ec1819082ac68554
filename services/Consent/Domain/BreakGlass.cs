using Clinic.Contracts;
using Clinic.Contracts.Consent;
using FluentValidation;

namespace Clinic.Consent.Domain;

public sealed class BreakGlassValidator : AbstractValidator<BreakGlass>
{
    public BreakGlassValidator()
    {
        RuleFor(c => c.AccessId).MustBeId();
        RuleFor(c => c.ClientId).MustBeId();
        RuleFor(c => c.ReasonCode).MustBeOneOf(EmergencyReasons.All);
        RuleFor(c => c.Narrative).NotEmpty().MaximumLength(2000);
    }
}

/// <summary>What breaking the glass rests on; all of it is guarded.</summary>
/// <param name="Linked">Consents of other client ids of the same person.</param>
public sealed record BreakGlassFacts(
    Actor By, ClientConsents? Consents, EmergencyGroup? Group, ConsentPolicy Policy, IReadOnlyCollection<ClientConsents>? Linked = null);

/// <summary>
/// A branch of its own: no treatment permit opens it and no treatment denial bars it (domain rule 2.2.6). Only a denial of BTG
/// by name does.
/// </summary>
public static class BreakGlassAggregateHandler
{
    public static object[] Handle(BreakGlass command, EmergencyAccess? state, BreakGlassFacts facts, DateTimeOffset now)
    {
        var by = facts.By;
        if (state is not null)
            return (state.ClientId, state.UserId) != (command.ClientId, by.Id)
                ? throw new RuleViolation("access_exists", "This id belongs to another access.", "accessId")
                // Refused once, the id stays refused: asking again is a new access.
                : state.Status == EmergencyStatus.Denied ? throw new RuleViolation(state.DenialCode!, "This access was refused.", "accessId") : [];
        if (facts.Group?.Members.Contains(by.Id) != true)
            return Denied("not_authorised", "Only members of the emergency group break the glass.");
        if (EmergencyReach.IsDenied([facts.Consents, .. facts.Linked ?? []], now))
            return Denied("emergency_access_denied", "The client has forbidden emergency access by name.");
        return
        [
            new EmergencyAccessGranted(
                command.AccessId, command.ClientId, by.Id, command.ReasonCode, command.Narrative, now + facts.Policy.EmergencyAccess,
                (int)facts.Policy.EmergencyReview.TotalSeconds, now)
        ];

        object[] Denied(string code, string message) =>
        [
            new EmergencyAccessDenied(command.AccessId, command.ClientId, by.Id, command.ReasonCode, command.Narrative, code),
            new RuleViolation(code, message)
        ];
    }
}
