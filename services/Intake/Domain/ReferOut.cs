using Clinic.Contracts;
using Clinic.Contracts.Intake;
using FluentValidation;

namespace Clinic.Intake.Domain;

/// <summary>A clinician referred the client to care elsewhere.</summary>
[Subject("clientId")]
public sealed record ReferredOut(string ClientId, string ReferralOutId, string Destination, Personal<string[]> ReasonCodes, string ReferredBy, DateTimeOffset SentAt);

/// <summary>Those they were referred to have accepted.</summary>
[Subject("clientId")]
public sealed record ReferralAccepted(string ClientId, string ReferralOutId, Personal<string> ConfirmationRef);

public sealed class ReferOutValidator : AbstractValidator<ReferOut>
{
    public ReferOutValidator()
    {
        RuleFor(c => c.ClientId).IsId();
        RuleFor(c => c.ReferralOutId).IsId();
        RuleFor(c => c.Destination).IsCode();
        RuleFor(c => c.ReasonCodes).NotEmpty().HasAtMost(10);
        RuleForEach(c => c.ReasonCodes).IsCode();
    }
}

public static class ReferOutAggregateHandler
{
    public static object[] Handle(ReferOut command, Client? state, Actor by, DateTimeOffset now)
    {
        Clinicians.MustBe(by);
        var client = Client.Registered(state);
        var referred = new ReferredOut(command.ClientId, command.ReferralOutId, command.Destination, command.ReasonCodes, by.Id, now);
        if (client.ReferralsOut.FirstOrDefault(r => r.ReferralOutId == command.ReferralOutId) is not { } earlier) return [referred];
        return earlier with { ReferredBy = by.Id, SentAt = now } == referred
            ? []
            : throw new RuleViolation("referral_exists", "Another referral of this client has this id.", "referralOutId");
    }
}
