using Clinic.Contracts;
using Clinic.Contracts.Intake;
using FluentValidation;

namespace Clinic.Intake.Domain;

/// <summary>What client and clinician weighed together.</summary>
[Subject("clientId")]
public sealed record SharedDecisionRecorded(
    string ClientId, string SharedDecisionId, string[] Options, string Chosen, string[] Declined, Personal<string> Preferences, bool ClientAgrees, string ClinicianId);

public sealed class RecordSharedDecisionValidator : AbstractValidator<RecordSharedDecision>
{
    public RecordSharedDecisionValidator()
    {
        RuleFor(c => c.ClientId).IsId();
        RuleFor(c => c.SharedDecisionId).IsId();
        // with one option nobody has weighed anything
        RuleFor(c => c.Options).Must(options => options.Distinct().Count() is >= 2 and <= 10).WithMessage("must name two to ten different options");
        RuleForEach(c => c.Options).IsCode();
        RuleFor(c => c.Chosen).Must((c, chosen) => c.Options.Contains(chosen)).WithMessage("must be one of the options");
        RuleFor(c => c.Declined).HasAtMost(CareModalities.All.Count);
        RuleForEach(c => c.Declined).IsOneOf(CareModalities.All);
        RuleFor(c => c.Preferences).NotEmpty().MaximumLength(4000);
    }
}

public static class RecordSharedDecisionAggregateHandler
{
    public static object[] Handle(RecordSharedDecision command, Client? state, Actor by, DateTimeOffset now)
    {
        Clinicians.MustBe(by);
        var client = Client.Registered(state);
        var recorded = new SharedDecisionRecorded(
            command.ClientId, command.SharedDecisionId, command.Options, command.Chosen, command.Declined, command.Preferences, command.ClientAgrees, by.Id);
        if (client.SharedDecisions.FirstOrDefault(d => d.SharedDecisionId == command.SharedDecisionId) is not { } earlier) return [recorded];
        return earlier.Options.SequenceEqual(recorded.Options) && earlier.Declined.SequenceEqual(recorded.Declined)
            && earlier with { Options = recorded.Options, Declined = recorded.Declined } == recorded
                ? []
                : throw new RuleViolation("shared_decision_exists", "Another shared decision of this client has this id.", "sharedDecisionId");
    }
}
