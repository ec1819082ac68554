using Clinic.Contracts;
using Clinic.Contracts.Intake;
using FluentValidation;

namespace Clinic.Intake.Domain;

public sealed class TestConnectionValidator : AbstractValidator<TestConnection>
{
    public TestConnectionValidator()
    {
        RuleFor(c => c.ClientId).IsId();
        RuleFor(c => c.TestId).IsId();
        RuleFor(c => c.DownKbps).InclusiveBetween(0, 10_000_000);
        RuleFor(c => c.UpKbps).InclusiveBetween(0, 10_000_000);
        RuleFor(c => c.LatencyMs).InclusiveBetween(0, 60_000);
        RuleFor(c => c.LossPerMille).InclusiveBetween(0, 1000);
    }
}

public static class TestConnectionAggregateHandler
{
    public static object[] Handle(TestConnection command, Client? state, Actor by, DateTimeOffset now)
    {
        var client = Client.Registered(state);
        var tested = new ConnectionTested(
            command.ClientId, command.TestId, command.DownKbps, command.UpKbps, command.LatencyMs, command.LossPerMille, Carries(command));
        if (client.Technology.Tests.FirstOrDefault(t => t.TestId == command.TestId) is { } earlier)
            return earlier with { Modalities = tested.Modalities } == tested
                ? []
                : throw new RuleViolation("test_exists", "Another test of this client has this id.", "testId");
        // what carries neither picture nor voice is no connection for care; who has answered once is not asked before every session
        return tested.Modalities.Contains(CareModalities.Voice) || client.Technology.Offers.Count > 0
            ? [tested]
            : [tested, .. client.Technology.Offer(command.ClientId, command.TestId)];
    }

    private static string[] Carries(TestConnection c)
    {
        var kbps = Math.Min(c.DownKbps, c.UpKbps);
        return
        [
            .. kbps >= 1000 && c.LatencyMs <= 300 && c.LossPerMille <= 30 ? [CareModalities.Video] : (string[])[],
            .. kbps >= 100 && c.LatencyMs <= 400 && c.LossPerMille <= 50 ? [CareModalities.Voice] : (string[])[],
            .. kbps >= 16 && c.LossPerMille < 500 ? [CareModalities.Text] : (string[])[]
        ];
    }
}
