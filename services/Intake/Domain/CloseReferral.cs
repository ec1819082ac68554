using Clinic.Contracts;
using Clinic.Contracts.Intake;
using FluentValidation;

namespace Clinic.Intake.Domain;

public sealed class CloseReferralValidator : AbstractValidator<CloseReferral>
{
    public CloseReferralValidator()
    {
        RuleFor(c => c.ClientId).IsId();
        RuleFor(c => c.ReferralId).IsId();
        RuleFor(c => c.ReasonCode).IsCode();
    }
}

/// <param name="Client">The client the command names; null when intake knows none.</param>
public sealed record ReferralFacts(Actor By, Client? Client);

public static class CloseReferralAggregateHandler
{
    public static object[] Handle(CloseReferral command, Referral? state, ReferralFacts facts, DateTimeOffset now)
    {
        Clinicians.MustBe(facts.By);
        var client = Client.Registered(facts.Client);
        if (state is null || client.Registration!.ReferralId != command.ReferralId)
            throw new RuleViolation("referral_unknown", "This client did not come by this referral.", "referralId");
        if (state.Closed is not null) return [];
        if (client.InCrisis) throw new RuleViolation("crisis_open", "The client is in the crisis pathway.");
        if (client.ReferralsOut.Count > 0 && client.AcceptedOut.Count == 0)
            throw new RuleViolation("referral_not_accepted", "The client was referred out and nobody has accepted yet.");
        if (client.AcceptedOut.Count == 0 && client.Suitability is not { Decision: not SuitabilityDecisions.NotSuitable })
            throw new RuleViolation("not_decided", "Nobody has decided that online care suits the client, and nobody else has accepted them.");
        return [new ReferralClosed(command.ReferralId, command.ClientId, command.ReasonCode)];
    }
}
