using Clinic.Contracts;
using Clinic.Contracts.Intake;
using FluentValidation;

namespace Clinic.Intake.Domain;

public sealed class RecordEmergencyPlanValidator : AbstractValidator<RecordEmergencyPlan>
{
    public RecordEmergencyPlanValidator()
    {
        RuleFor(c => c.ClientId).IsId();
        RuleFor(c => c.ContactRef).IsId();
        RuleFor(c => c.UsualLocationRef).IsId();
        RuleFor(c => c.LocalServices).NotEmpty().MaximumLength(500);
        RuleFor(c => c.ReviewBy).IsSane();
    }
}

public static class RecordEmergencyPlanAggregateHandler
{
    public static object[] Handle(RecordEmergencyPlan command, Client? state, Actor by, DateTimeOffset now)
    {
        var client = Client.Registered(state);
        var plan = new EmergencyPlanRecorded(
            command.ClientId, command.ContactRef, command.UsualLocationRef, command.LocalServices, command.ReviewBy);
        if (client.EmergencyPlan == plan) return [];
        if (command.ReviewBy < DateOnly.FromDateTime(now.UtcDateTime))
            throw new RuleViolation("review_in_past", "The plan's review is already overdue.", "reviewBy");
        return [plan];
    }
}
