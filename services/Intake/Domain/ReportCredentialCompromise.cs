using Clinic.Contracts;
using Clinic.Contracts.Access;
using Clinic.Contracts.Intake;
using FluentValidation;

namespace Clinic.Intake.Domain;

public sealed class ReportCredentialCompromiseValidator : AbstractValidator<ReportCredentialCompromise>
{
    public ReportCredentialCompromiseValidator()
    {
        RuleFor(c => c.Issuer).IsIssuer();
        RuleFor(c => c.Subject).IsSubject();
    }
}

public static class ReportCredentialCompromiseAggregateHandler
{
    /// <summary>Never a no-op: a second report refuses what was issued since the first.</summary>
    public static object[] Handle(ReportCredentialCompromise command, Subject? state, Actor by, DateTimeOffset now)
    {
        SubjectRules.MustBeOperator(by);
        return [new CredentialCompromised(SubjectHash.Of(command.Issuer, command.Subject), now)];
    }
}
