using Clinic.Contracts;
using Clinic.Contracts.Intake;
using FluentValidation;

namespace Clinic.Intake.Domain;

/// <summary>What had become of a referral when somebody asked.</summary>
public sealed record ReferralStatusTold(string AskId, string ReferralId, string Status, string? ReasonCode = null);

/// <summary>What a clinic's system asked and was told; in a stream of its own, so that asking moves nothing that decides.</summary>
public sealed record ReferralQuestion(string Id, string ReferralId)
{
    public long Version { get; init; }

    public static string StreamId(string askId) => $"status-{askId}";

    public static ReferralQuestion Create(ReferralStatusTold e) => new(StreamId(e.AskId), e.ReferralId);
}

public sealed class AskReferralStatusValidator : AbstractValidator<AskReferralStatus>
{
    public AskReferralStatusValidator()
    {
        RuleFor(c => c.AskId).IsId();
        RuleFor(c => c.ReferralId).IsId();
    }
}

public sealed record ReferralStatusFacts(Actor By, Referral? Referral);

public static class AskReferralStatusAggregateHandler
{
    public static object[] Handle(AskReferralStatus command, ReferralQuestion? state, ReferralStatusFacts facts, DateTimeOffset now)
    {
        if (state is not null)
            return state.ReferralId == command.ReferralId ? [] : throw new RuleViolation("ask_exists", "This id belongs to another question.", "askId");
        if (facts.Referral?.Received is null) throw new RuleViolation("referral_unknown", "There is no such referral.", "referralId");
        return [new ReferralStatusTold(command.AskId, command.ReferralId, facts.Referral.Closed is null ? "received" : "closed", facts.Referral.Closed?.ReasonCode)];
    }
}
