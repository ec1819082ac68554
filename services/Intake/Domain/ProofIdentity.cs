using Clinic.Contracts;
using Clinic.Contracts.Intake;
using FluentValidation;

namespace Clinic.Intake.Domain;

public sealed class ProofIdentityValidator : AbstractValidator<ProofIdentity>
{
    public ProofIdentityValidator()
    {
        RuleFor(c => c.ClientId).IsId();
        RuleFor(c => c.ProofingId).IsId();
        RuleFor(c => c.Level).IsOneOf([.. IdentityLevels.All.Skip(1)]);
        RuleFor(c => c.Method).IsOneOf(ProofingMethods.All);
        When(c => c.FailureReason is null, () =>
        {
            RuleFor(c => c.EvidenceRef).Must(Ids.AreValid).WithMessage(Ids.Rule);
            RuleFor(c => c.ExpiresAt).NotNull().Must(at => at is null || at.Value.Year is >= 2000 and < 2100).WithMessage("must lie between 2000 and 2100");
        }).Otherwise(() =>
        {
            RuleFor(c => c.FailureReason!).IsCode();
            RuleFor(c => c.EvidenceRef).Null();
            RuleFor(c => c.ExpiresAt).Null();
        });
    }
}

public static class ProofIdentityAggregateHandler
{
    public static object[] Handle(ProofIdentity command, Client? state, Actor by, DateTimeOffset now)
    {
        if (by.Role is not (Roles.Operator or Roles.Supervisor))
            throw new RuleViolation("role_not_permitted", "An identity is proofed by an operator or supervisor.");
        var client = Client.Registered(state);
        if (client.Registration!.IdentityMode == IdentityModes.Anonymous)
            throw new RuleViolation("client_anonymous", "Who stays anonymous is not proofed.", "clientId");

        object happened = command.FailureReason is { } reason
            ? new IdentityProofingFailed(command.ClientId, command.ProofingId, command.Level, command.Method, reason)
            : new IdentityProofed(command.ClientId, command.ProofingId, command.Level, command.Method, command.EvidenceRef!, command.ExpiresAt!.Value);
        object? earlier = client.Identity.Proofs.FirstOrDefault(p => p.ProofingId == command.ProofingId);
        earlier ??= client.Identity.Failures.FirstOrDefault(f => f.ProofingId == command.ProofingId);
        if (earlier is not null)
            return earlier.Equals(happened) ? [] : throw new RuleViolation("proofing_exists", "Another proofing of this client has this id.", "proofingId");

        if (command.FailureReason is null && command.Level == IdentityLevels.Ial3 && !ProofingMethods.IsAttended(command.Method))
            throw new RuleViolation("method_too_weak", "Level ial3 needs an attended proofing (SP 800-63A-4).", "method");
        if (command.ExpiresAt <= now)
            throw new RuleViolation("expired", "A proofing that has expired says nothing.", "expiresAt");
        return [happened];
    }
}
