using Clinic.Contracts;
using Clinic.Contracts.Intake;
using FluentValidation;

namespace Clinic.Intake.Domain;

public sealed class DeliverContentValidator : AbstractValidator<DeliverContent>
{
    public DeliverContentValidator()
    {
        RuleFor(c => c.ClientId).IsId();
        RuleFor(c => c.ContentId).IsId();
        RuleFor(c => c.Version).InclusiveBetween(1, 10_000);
        RuleFor(c => c.Language).IsLanguage();
    }
}

public static class DeliverContentAggregateHandler
{
    public static object[] Handle(DeliverContent command, Client? state, Actor by, DateTimeOffset now)
    {
        var delivered = new EducationDelivered(command.ClientId, command.ContentId, command.Version, command.Language);
        return Client.Registered(state).Delivered.Contains(delivered) ? [] : [delivered];
    }
}
