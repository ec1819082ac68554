using Clinic.Contracts;
using Clinic.Contracts.Intake;
using FluentValidation;

namespace Clinic.Intake.Domain;

public sealed class ActivateCrisisValidator : AbstractValidator<ActivateCrisis>
{
    public ActivateCrisisValidator()
    {
        RuleFor(c => c.ClientId).IsId();
        RuleFor(c => c.CaseId).IsId();
        RuleFor(c => c.Trigger).IsCode();
    }
}

public static class ActivateCrisisAggregateHandler
{
    public static object[] Handle(ActivateCrisis command, Client? state, Actor by, DateTimeOffset now)
    {
        Clinicians.MustBe(by);
        var client = Client.Registered(state);
        // in crisis is in crisis, whatever else speaks for it
        return client.InCrisis || client.Crisis.Cases.Contains(command.CaseId)
            ? []
            :
            [
                new CrisisPathwayActivated(command.ClientId, command.Trigger, command.CaseId, client.ContactPossible),
                .. client.TellSurvivor(command.CaseId, "linked-record", RiskTiers.High)
            ];
    }
}
