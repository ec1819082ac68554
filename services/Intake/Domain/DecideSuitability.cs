using Clinic.Contracts;
using Clinic.Contracts.Intake;
using Clinic.Instruments;
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
        RuleFor(c => c.SharedDecisionId).Must(id => id is null || Ids.AreValid(id)).WithMessage(Ids.Rule);
    }
}

/// <summary>What the decision needs to know beside the client.</summary>
/// <param name="By">Who decides.</param>
/// <param name="Decider">The practitioner with that actor's id, null when intake knows none.</param>
public sealed record SuitabilityFacts(Actor By, Practitioner? Decider)
{
    /// <exception cref="RuleViolation">The one who decides has no licence that holds, or a competence that ran out.</exception>
    internal void MustBeLicensed(DateTimeOffset now)
    {
        if (Decider is not { Licences.Count: > 0 } decider || decider.PractitionerId != By.Id)
            throw new RuleViolation("licence_missing", "No licence of the deciding clinician was verified.");
        if (!decider.IsLicensedAt(now))
            throw decider.Licences.Any(licence => now < licence.ExpiresAt)
                ? new RuleViolation("licence_interrupted", "The deciding clinician's licence has lapsed or is suspended.")
                : new RuleViolation("licence_expired", "The deciding clinician's licence has expired.");
        if (decider.ExpiredCompetences(now).Count > 0)
            throw new RuleViolation("competence_expired", "A competence attested to the deciding clinician has expired.");
    }
}

public static class DecideSuitabilityAggregateHandler
{
    public static object[] Handle(DecideSuitability command, Client? state, SuitabilityFacts facts, DateTimeOffset now)
    {
        Clinicians.MustBe(facts.By);
        var client = Client.Registered(state);
        var online = command.Decision != SuitabilityDecisions.NotSuitable;
        var decided = new SuitabilityDecided(
            command.ClientId, command.Decision, command.Category, command.Modalities, command.Exclusions,
            command.Rationale, facts.By.Id, command.ReviewBy, command.ReferralId,
            // S41: what speaks against online care was either taken over elsewhere, or somebody answers for going on
            online && command.Exclusions.Length > 0 && client.AcceptedOut.Count == 0 ? true : null, command.SharedDecisionId);
        if (client.Suitability is { } latest && Same(latest, decided)) return [];

        var today = DateOnly.FromDateTime(now.UtcDateTime);
        if (command.ReviewBy < today)
            throw new RuleViolation("review_in_past", "The decision's review is already overdue.", "reviewBy");
        facts.MustBeLicensed(now);
        // Care elsewhere never has to wait: open risks are a reason to refer out, not a reason against it.
        if (!online) return [decided];
        if (client.DuplicateOf is not null)
            throw new RuleViolation("client_is_duplicate", "This pseudonym is linked as a duplicate; decide on the one that goes on.", "clientId");
        MustBeSafe(client);
        MustBePrepared(client, command.Category, today);
        MustRespect(client, command);
        return [decided];
    }

    private static void MustBeSafe(Client client)
    {
        if (client.InCrisis)
            throw new RuleViolation("crisis_open", "The client is in the crisis pathway.");
        if (client.FollowUpFor is not null)
            throw new RuleViolation("follow_up_screen_open", "A follow-up screen has not been answered in full.");
        if (client.TriageDue)
            throw new RuleViolation("triage_missing", "A risk has not been triaged by a clinician.");
    }

    private static void MustBePrepared(Client client, string category, DateOnly today)
    {
        if (!CareCategories.IsHumanSupported(category)) return;
        if (client.EmergencyPlan is not { } plan || plan.ReviewBy < today)
            throw new RuleViolation("emergency_plan_missing", "Human-supported care needs a current emergency plan.");
    }

    private static void MustRespect(Client client, DecideSuitability command)
    {
        if (client.Technology.OpenOffer is not null && !command.Modalities.Contains(CareModalities.InPerson))
            throw new RuleViolation("technology_offer_open", "Technology is a hindrance to the client, and another way was offered but not answered.");
        // the screen does not decide; it only may not be passed over in silence
        if (client.Screens.LastOrDefault(s => s is { Instrument: Phq9.Code, Band: not null })?.Band == Phq9.Severe
            && !command.Exclusions.Contains(ExclusionReasons.SevereDepression))
            throw new RuleViolation("exclusion_unaddressed", "The last PHQ-9 was severe: refer out, or name the exclusion and answer for the override.", "exclusions");
        if (command.SharedDecisionId is not { } id) return;
        var shared = client.SharedDecisions.FirstOrDefault(d => d.SharedDecisionId == id)
            ?? throw new RuleViolation("shared_decision_unknown", "This client has no shared decision under this id.", "sharedDecisionId");
        if (!shared.ClientAgrees) throw new RuleViolation("client_disagrees", "The client did not agree with what was chosen.", "sharedDecisionId");
        if (command.Modalities.Intersect(shared.Declined).Any())
            throw new RuleViolation("modality_declined", "The client has declined one of the modalities.", "modalities");
    }

    private static bool Same(SuitabilityDecided a, SuitabilityDecided b) =>
        a.Modalities.SequenceEqual(b.Modalities) && a with { Modalities = b.Modalities } == b;
}
