using Clinic.Contracts;
using Clinic.Contracts.Intake;
using FluentValidation;

namespace Clinic.Intake.Domain;

public sealed class DecideSuitabilityValidator : AbstractValidator<DecideSuitability>
{
    public DecideSuitabilityValidator()
    {
        RuleFor(c => c.ClientId).IsId();
        RuleFor(c => c.ReferralId).Must(id => id is null || Ids.AreValid(id)).WithMessage(Ids.Rule);
        RuleFor(c => c.Decision).IsOneOf(SuitabilityDecisions.All);
        RuleFor(c => c.Category).IsOneOf(CareCategories.All);
        RuleFor(c => c.Modalities).HasAtMost(CareModalities.All.Count);
        RuleForEach(c => c.Modalities).IsOneOf(CareModalities.All);
        When(c => c.Decision == SuitabilityDecisions.NotSuitable, () => RuleFor(c => c.Modalities).Empty())
            .Otherwise(() =>
                RuleFor(c => c.Modalities).NotEmpty().When(c => CareCategories.IsHumanSupported(c.Category)));
        RuleFor(c => c.Exclusions).HasAtMost(10);
        RuleForEach(c => c.Exclusions).IsCode();
        RuleFor(c => c.Rationale).NotEmpty().MaximumLength(4000);
        RuleFor(c => c.ReviewBy).IsSane();
    }
}

/// <summary>What the decision needs to know beside the client.</summary>
/// <param name="By">Who decides.</param>
/// <param name="Decider">The practitioner with that actor's id, null when intake knows none.</param>
public sealed record SuitabilityFacts(Actor By, Practitioner? Decider);

public static class DecideSuitabilityAggregateHandler
{
    public static object[] Handle(DecideSuitability command, Client? state, SuitabilityFacts facts, DateTimeOffset now)
    {
        Clinicians.MustBe(facts.By);
        var client = Client.Registered(state);
        var decided = new SuitabilityDecided(
            command.ClientId, command.Decision, command.Category, command.Modalities, command.Exclusions,
            command.Rationale, facts.By.Id, command.ReviewBy, command.ReferralId);
        if (client.Suitability is { } latest && Same(latest, decided)) return [];

        var today = DateOnly.FromDateTime(now.UtcDateTime);
        if (command.ReviewBy < today)
            throw new RuleViolation("review_in_past", "The decision's review is already overdue.", "reviewBy");
        MustBeLicensed(facts, now);
        // Care elsewhere never has to wait: open risks are a reason to refer out, not a reason against it.
        if (command.Decision != SuitabilityDecisions.NotSuitable) MustBeSafe(client, command.Category, today);
        return [decided];
    }

    private static void MustBeLicensed(SuitabilityFacts facts, DateTimeOffset now)
    {
        if (facts.Decider is not { } decider || decider.PractitionerId != facts.By.Id)
            throw new RuleViolation("licence_missing", "No licence of the deciding clinician was verified.");
        if (!decider.IsLicensedAt(now))
            throw decider.Licences.Any(licence => now < licence.ExpiresAt)
                ? new RuleViolation("licence_interrupted", "The deciding clinician's licence has lapsed or is suspended.")
                : new RuleViolation("licence_expired", "The deciding clinician's licence has expired.");
        if (decider.ExpiredCompetences(now).Count > 0)
            throw new RuleViolation("competence_expired", "A competence attested to the deciding clinician has expired.");
    }

    private static void MustBeSafe(Client client, string category, DateOnly today)
    {
        if (client.InCrisis)
            throw new RuleViolation("crisis_open", "The client is in the crisis pathway.");
        if (client.FollowUpFor is not null)
            throw new RuleViolation("follow_up_screen_open", "A follow-up screen has not been answered in full.");
        if (client.TriageDue)
            throw new RuleViolation("triage_missing", "A risk has not been triaged by a clinician.");
        if (!CareCategories.IsHumanSupported(category)) return;
        if (client.EmergencyPlan is not { } plan || plan.ReviewBy < today)
            throw new RuleViolation("emergency_plan_missing", "Human-supported care needs a current emergency plan.");
    }

    private static bool Same(SuitabilityDecided a, SuitabilityDecided b) =>
        a.Modalities.SequenceEqual(b.Modalities) && a with { Modalities = b.Modalities } == b;
}
