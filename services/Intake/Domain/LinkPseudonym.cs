using Clinic.Contracts;
using Clinic.Contracts.Intake;
using FluentValidation;

namespace Clinic.Intake.Domain;

public sealed class LinkPseudonymValidator : AbstractValidator<LinkPseudonym>
{
    public LinkPseudonymValidator()
    {
        RuleFor(c => c.ClientId).IsId();
        RuleFor(c => c.IdentityRef).IsId();
        RuleFor(c => c.ReasonCode).IsCode();
    }
}

public static class LinkPseudonymAggregateHandler
{
    public static object[] Handle(LinkPseudonym command, Client? state, Actor by, DateTimeOffset now)
    {
        if (by.Role is not (Roles.Operator or Roles.Supervisor))
            throw new RuleViolation("role_not_permitted", "Only an operator or supervisor may put an identity into escrow.");
        var client = Client.Registered(state);
        var linked = new PseudonymLinked(command.ClientId, command.IdentityRef, by.Id, command.ReasonCode);
        if (client.Identity.Escrow == linked) return [];
        if (client.Identity.LevelAt(now) == IdentityLevels.None)
            throw new RuleViolation("identity_not_proofed", "The client's identity was not proofed, or the proofing has expired.", "clientId");
        return [linked];
    }
}
