using Clinic.Contracts;
using Clinic.Contracts.Access;
using Clinic.Contracts.Intake;
using FluentValidation;

namespace Clinic.Intake.Domain;

public sealed class AssignTherapistValidator : AbstractValidator<AssignTherapist>
{
    public AssignTherapistValidator()
    {
        RuleFor(c => c.ClientId).IsId();
        RuleFor(c => c.PractitionerId).IsId();
    }
}

/// <param name="Client">The client, null when intake knows none.</param>
public sealed record AssignmentFacts(Actor By, Client? Client);

public static class AssignTherapistAggregateHandler
{
    public static object[] Handle(AssignTherapist command, TherapistOfRecord? state, AssignmentFacts facts, DateTimeOffset now)
    {
        Assigners.MustBe(facts.By);
        Client.Registered(facts.Client);
        var assigned = new TherapistAssigned(command.ClientId, command.PractitionerId);
        if (state?.PractitionerId == command.PractitionerId) return [];
        return state?.PractitionerId is { } former ? [new TherapistReleased(command.ClientId, former), assigned] : [assigned];
    }
}

/// <summary>Nobody gives access to themselves.</summary>
internal static class Assigners
{
    internal static void MustBe(Actor by)
    {
        if (by.Role is not (Roles.Supervisor or Roles.Operator))
            throw new RuleViolation("role_not_permitted", "Only a supervisor or operator may say who treats a client.");
    }
}
