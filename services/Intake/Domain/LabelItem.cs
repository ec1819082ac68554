using Clinic.Contracts;
using Clinic.Contracts.Consent;
using Clinic.Contracts.Intake;
using FluentValidation;

namespace Clinic.Intake.Domain;

public sealed class LabelItemValidator : AbstractValidator<LabelItem>
{
    public LabelItemValidator()
    {
        RuleFor(c => c.ClientId).IsId();
        RuleFor(c => c.ItemId).IsId();
        RuleFor(c => c.Labels).NotEmpty().HasAtMost(SensitivityLabels.All.Count);
        RuleForEach(c => c.Labels).IsOneOf([.. SensitivityLabels.All]);
    }
}

public static class LabelItemAggregateHandler
{
    public static object[] Handle(LabelItem command, Client? state, Actor by, DateTimeOffset now)
    {
        Clinicians.MustBe(by);
        var client = Client.Registered(state);
        client.MustOwn(command.ItemId);
        string[] added = [.. command.Labels.Except(client.Problems.LabelsOf(command.ItemId)).Distinct().Order(StringComparer.Ordinal)];
        return added.Length == 0 ? [] : [new ItemLabelled(command.ClientId, command.ItemId, added, by.Id)];
    }
}
