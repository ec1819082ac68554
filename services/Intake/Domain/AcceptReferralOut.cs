using Clinic.Contracts;
using Clinic.Contracts.Intake;
using FluentValidation;

namespace Clinic.Intake.Domain;

public sealed class AcceptReferralOutValidator : AbstractValidator<AcceptReferralOut>
{
    public AcceptReferralOutValidator()
    {
        RuleFor(c => c.ClientId).IsId();
        RuleFor(c => c.ReferralOutId).IsId();
        RuleFor(c => c.ConfirmationRef).IsId();
    }
}

public static class AcceptReferralOutAggregateHandler
{
    private const string Elsewhere = "accepted-elsewhere";

    /// <summary>The referral that brought the client is closed in the same append: not when it was sent on, but when it was accepted.</summary>
    public static object[] Handle(AcceptReferralOut command, Client? state, Actor by, DateTimeOffset now)
    {
        var client = Client.Registered(state);
        if (client.ReferralsOut.All(r => r.ReferralOutId != command.ReferralOutId))
            throw new RuleViolation("referral_unknown", "This client was not referred out under this id.", "referralOutId");
        if (client.AcceptedOut.Contains(command.ReferralOutId)) return [];
        var accepted = new ReferralAccepted(command.ClientId, command.ReferralOutId, command.ConfirmationRef);
        return client is { AcceptedOut.Count: 0, Registration.ReferralId: { } referralId }
            ? [accepted, new ForStream(Referral.StreamId(referralId), typeof(Referral), new ReferralClosed(referralId, command.ClientId, Elsewhere))]
            : [accepted];
    }
}
