using Clinic.Contracts;
using Clinic.Contracts.Access;
using Clinic.Contracts.Intake;
using FluentValidation;

namespace Clinic.Intake.Domain;

public sealed class LinkSubjectValidator : AbstractValidator<LinkSubject>
{
    public LinkSubjectValidator()
    {
        RuleFor(c => c.Issuer).IsIssuer();
        RuleFor(c => c.Subject).IsSubject();
        RuleFor(c => c.ClientId).Must(id => id is null || Ids.AreValid(id)).WithMessage(Ids.Rule);
        RuleFor(c => c.PractitionerId).Must(id => id is null || Ids.AreValid(id)).WithMessage(Ids.Rule);
        RuleFor(c => c.PractitionerId).Must((c, id) => id is null != c.ClientId is null)
            .WithMessage("exactly one of clientId and practitionerId is given");
    }
}

/// <param name="Client">The client to link, null when intake knows none or a practitioner is linked.</param>
public sealed record LinkFacts(Actor By, Client? Client);

public static class LinkSubjectAggregateHandler
{
    public static object[] Handle(LinkSubject command, Subject? state, LinkFacts facts, DateTimeOffset now)
    {
        SubjectRules.MustBeOperator(facts.By);
        if (command.ClientId is not null) Client.Registered(facts.Client);
        if (state is { IsLinked: true })
            return (state.ClientId, state.PractitionerId) == (command.ClientId, command.PractitionerId)
                ? []
                // silently somebody else would be shown the first one's record
                : throw new RuleViolation("subject_linked", "The subject is linked to somebody else; unlink it first.", "subject");
        return [new SubjectLinked(SubjectHash.Of(command.Issuer, command.Subject), command.ClientId, command.PractitionerId)];
    }
}
