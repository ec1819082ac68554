using Clinic.Contracts;
using Clinic.Contracts.Intake;
using FluentValidation;

namespace Clinic.Intake.Domain;

public sealed class RecordCrisisContactValidator : AbstractValidator<RecordCrisisContact>
{
    public RecordCrisisContactValidator()
    {
        RuleFor(c => c.ClientId).IsId();
        RuleFor(c => c.AttemptId).IsId();
        RuleFor(c => c.Method).IsOneOf(ContactMethods.All);
        RuleFor(c => c.Outcome).IsOneOf(ContactOutcomes.All);
        RuleFor(c => c.OccurredAt).IsSane();
    }
}

public static class RecordCrisisContactAggregateHandler
{
    public static object[] Handle(RecordCrisisContact command, Client? state, Actor by, DateTimeOffset now)
    {
        Clinicians.MustBe(by);
        var client = Client.Registered(state);
        var attempted = new CrisisContactAttempted(
            command.ClientId, command.AttemptId, command.Method, command.Outcome, by.Id, command.OccurredAt, Clocks.Ahead(command.OccurredAt, now));
        if (client.Crisis.Attempts.FirstOrDefault(a => a.AttemptId == command.AttemptId) is { } earlier)
            return earlier with { ClockAhead = attempted.ClockAhead } == attempted
                ? []
                : throw new RuleViolation("attempt_exists", "Another attempt of this client has this id.", "attemptId");
        return client.InCrisis ? [attempted] : throw new RuleViolation("crisis_not_open", "The client is not in the crisis pathway.", "clientId");
    }
}
