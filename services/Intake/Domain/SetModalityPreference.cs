using Clinic.Contracts;
using Clinic.Contracts.Intake;
using FluentValidation;

namespace Clinic.Intake.Domain;

public sealed class SetModalityPreferenceValidator : AbstractValidator<SetModalityPreference>
{
    public SetModalityPreferenceValidator()
    {
        RuleFor(c => c.ClientId).IsId();
        RuleFor(c => c.Modalities).NotEmpty().Must(m => m.Distinct().Count() == m.Length).WithMessage("must name each once")
            .HasAtMost(CareModalities.All.Count);
        RuleForEach(c => c.Modalities).IsOneOf(CareModalities.All);
    }
}

public static class SetModalityPreferenceAggregateHandler
{
    public static object[] Handle(SetModalityPreference command, Client? state, Actor by, DateTimeOffset now) =>
        Client.Registered(state).Technology.Preference?.Modalities.SequenceEqual(command.Modalities) == true
            ? []
            : [new ModalityPreferenceSet(command.ClientId, command.Modalities)];
}
