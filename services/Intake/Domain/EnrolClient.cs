using Clinic.Contracts;
using Clinic.Contracts.Intake;
using FluentValidation;

namespace Clinic.Intake.Domain;

public sealed class EnrolClientValidator : AbstractValidator<EnrolClient>
{
    public EnrolClientValidator()
    {
        RuleFor(c => c.ClientId).IsId();
        RuleFor(c => c.Category).IsOneOf(CareCategories.All);
    }
}

/// <summary>What the enrolment reads beside the client.</summary>
public sealed record EnrolmentFacts(Actor By, IntakePolicy Policy);

public static class EnrolClientAggregateHandler
{
    /// <summary>What is missing, and the code a refusal for it carries.</summary>
    private static readonly (string Check, string Code, string Reason)[] Checks =
    [
        ("pseudonym", "pseudonym_missing", "An anonymous client may not use this category of care."),
        ("identity", "identity_level_too_low", "The client's identity is not known as well as this category of care needs."),
        ("suitability", "suitability_missing", "No clinician has found this category of care suitable, or the decision's review is overdue."),
        ("emergency-plan", "emergency_plan_missing", "Human-supported care needs a current emergency plan."),
        ("open-risk", "risk_open", "A risk is open: a clinician comes first.")
    ];

    public static object[] Handle(EnrolClient command, Client? state, EnrolmentFacts facts, DateTimeOffset now)
    {
        var client = Client.Registered(state);
        if (client.Identity.Enrolled.Contains(command.Category)) return [];
        var level = client.Identity.LevelAt(now);
        string[] failed = [.. Checks.Select(c => c.Check).Where(check => !Passes(check, client, command.Category, level, facts.Policy, now))];
        if (failed.Length == 0) return [new ClientEnrolled(command.ClientId, command.Category, level)];

        var (_, code, reason) = Checks.First(c => c.Check == failed[0]);
        var violation = new RuleViolation(code, reason, "category");
        // on record once, however often it is asked
        return client.Identity.LastRefusal is { } last && last.Category == command.Category && last.FailedChecks.SequenceEqual(failed)
            ? throw violation
            : [new EnrolmentRefused(command.ClientId, command.Category, failed), violation];
    }

    private static bool Passes(string check, Client client, string category, string level, IntakePolicy policy, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var human = CareCategories.IsHumanSupported(category);
        return check switch
        {
            "pseudonym" => client.Registration!.IdentityMode != IdentityModes.Anonymous || policy.AnonymousCategories.Contains(category),
            "identity" => IdentityLevels.Satisfies(level, policy.LevelFor(category)),
            "suitability" => !human || (client.Suitability is { Decision: not SuitabilityDecisions.NotSuitable } decided && decided.Category == category && decided.ReviewBy >= today),
            "emergency-plan" => !human || client.EmergencyPlan?.ReviewBy >= today,
            // knowledge is never withheld from somebody at risk
            _ => category == CareCategories.Education || !(client.InCrisis || client.TriageDue || client.FollowUpFor is not null)
        };
    }
}
