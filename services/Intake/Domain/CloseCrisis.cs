using Clinic.Contracts;
using Clinic.Contracts.Intake;
using FluentValidation;

namespace Clinic.Intake.Domain;

public sealed class CloseCrisisValidator : AbstractValidator<CloseCrisis>
{
    public CloseCrisisValidator()
    {
        RuleFor(c => c.ClientId).IsId();
        RuleFor(c => c.Plan).NotEmpty().MaximumLength(4000);
    }
}

public static class CloseCrisisAggregateHandler
{
    public static object[] Handle(CloseCrisis command, Client? state, Actor by, DateTimeOffset now)
    {
        Clinicians.MustBe(by);
        var client = Client.Registered(state);
        if (client.Crisis.Open is not { } open)
            return client.Crisis.Cases.Count > 0 ? [] : throw new RuleViolation("crisis_not_open", "The client is not in the crisis pathway.", "clientId");
        if (!client.Crisis.Attempted && (open.ContactPossible || client.ContactPossible))
            throw new RuleViolation("contact_missing", "Nobody has tried to reach the client since the pathway began.");
        return [new CrisisPathwayClosed(command.ClientId, by.Id, command.Plan)];
    }
}
