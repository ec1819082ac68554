using Clinic.Contracts;
using Clinic.Contracts.Intake;
using FluentValidation;

namespace Clinic.Intake.Domain;

public sealed class AcknowledgeContentValidator : AbstractValidator<AcknowledgeContent>
{
    public AcknowledgeContentValidator()
    {
        RuleFor(c => c.ClientId).IsId();
        RuleFor(c => c.ContentId).IsId();
        RuleFor(c => c.Version).InclusiveBetween(1, 10_000);
    }
}

public static class AcknowledgeContentAggregateHandler
{
    public static object[] Handle(AcknowledgeContent command, Client? state, Actor by, DateTimeOffset now)
    {
        if (by.Role != Roles.Client || by.Id != command.ClientId)
            throw new RuleViolation("role_not_permitted", "Only the client may say what the client has read.");
        var client = Client.Registered(state);
        var read = new SafetyEducationAcknowledged(command.ClientId, command.ContentId, command.Version);
        if (client.Acknowledged.Contains(read)) return [];
        // an older version was another text
        return client.Delivered.Any(d => (d.ContentId, d.Version) == (command.ContentId, command.Version))
            ? [read]
            : throw new RuleViolation("content_not_delivered", "This version of the content was never delivered to the client.", "version");
    }
}
