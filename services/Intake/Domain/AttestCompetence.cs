using Clinic.Contracts;
using Clinic.Contracts.Intake;
using FluentValidation;

namespace Clinic.Intake.Domain;

public sealed class AttestCompetenceValidator : AbstractValidator<AttestCompetence>
{
    public AttestCompetenceValidator()
    {
        RuleFor(c => c.PractitionerId).IsId();
        RuleFor(c => c.Topic).IsCode();
        RuleFor(c => c.ExpiresAt).IsSane();
    }
}

public static class AttestCompetenceAggregateHandler
{
    public static object[] Handle(AttestCompetence command, Practitioner? state, Actor by, DateTimeOffset now)
    {
        Supervisors.MustBeAnother(by, command.PractitionerId);
        if (command.ExpiresAt <= now)
            throw new RuleViolation("expired", "An expired competence cannot be attested.", "expiresAt");
        if (state?.CompetencesAt(now).FirstOrDefault(c => c.Topic == command.Topic) is { } latest && latest.ExpiresAt == command.ExpiresAt && latest.AttestedBy == by.Id)
            return [];
        return [new CompetenceAttested(command.PractitionerId, command.Topic, by.Id, now, command.ExpiresAt)];
    }
}

/// <summary>Nobody answers for themselves.</summary>
internal static class Supervisors
{
    internal static void MustBeAnother(Actor by, string practitionerId)
    {
        if (by.Role != Roles.Supervisor) throw new RuleViolation("role_not_permitted", "Only a supervisor may do this.");
        if (by.Id == practitionerId) throw new RuleViolation("own_approval", "Nobody attests or approves themselves.", "practitionerId");
    }
}
