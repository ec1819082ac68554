using Clinic.Contracts;
using Clinic.Contracts.Access;
using Clinic.Contracts.Intake;
using FluentValidation;

namespace Clinic.Intake.Domain;

public sealed class UnlinkSubjectValidator : AbstractValidator<UnlinkSubject>
{
    public UnlinkSubjectValidator()
    {
        RuleFor(c => c.Issuer).IsIssuer();
        RuleFor(c => c.Subject).IsSubject();
    }
}

public static class UnlinkSubjectAggregateHandler
{
    public static object[] Handle(UnlinkSubject command, Subject? state, Actor by, DateTimeOffset now)
    {
        SubjectRules.MustBeOperator(by);
        return state is { IsLinked: true } ? [new SubjectUnlinked(state.SubjectHash, state.ClientId, state.PractitionerId)] : [];
    }
}
