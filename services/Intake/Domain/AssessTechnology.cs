using Clinic.Contracts;
using Clinic.Contracts.Intake;
using FluentValidation;

namespace Clinic.Intake.Domain;

public sealed class AssessTechnologyValidator : AbstractValidator<AssessTechnology>
{
    public AssessTechnologyValidator()
    {
        RuleFor(c => c.ClientId).IsId();
        RuleFor(c => c.AssessmentId).IsId();
        RuleFor(c => c.Device).IsOneOf(Devices.All);
        RuleFor(c => c.Bandwidth).IsOneOf(Bandwidths.All);
        RuleFor(c => c.Literacy).InclusiveBetween(0, 4);
        RuleFor(c => c.Fallback).IsOneOf(Fallbacks.All);
    }
}

public static class AssessTechnologyAggregateHandler
{
    public static object[] Handle(AssessTechnology command, Client? state, Actor by, DateTimeOffset now)
    {
        var client = Client.Registered(state);
        var assessed = new TechReadinessAssessed(
            command.ClientId, command.AssessmentId, command.Device, command.Bandwidth, new Personal<bool>(command.PrivateSpace), new Personal<int>(command.Literacy),
            new Personal<bool>(command.SupportNeeded), command.Fallback, Readiness(command), by.Id);
        if (client.Technology.Assessments.FirstOrDefault(a => a.AssessmentId == command.AssessmentId) is { } earlier)
            return earlier with { AssessedBy = by.Id } == assessed
                ? []
                : throw new RuleViolation("assessment_exists", "Another assessment of this client has this id.", "assessmentId");
        return assessed.Readiness == ReadinessLevels.Poor
            ? [assessed, .. client.Technology.Offer(command.ClientId, command.AssessmentId)]
            : [assessed];
    }

    private static string Readiness(AssessTechnology c) =>
        c.Device == Devices.None || c.Bandwidth == Bandwidths.None || c.Literacy <= 1 ? ReadinessLevels.Poor
        : c.SupportNeeded || c.Literacy == 2 || !c.PrivateSpace || c.Bandwidth == Bandwidths.Low ? ReadinessLevels.WithSupport
        : ReadinessLevels.Ready;
}
