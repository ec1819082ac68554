using Clinic.Contracts;
using Clinic.Contracts.Intake;
using FluentValidation;

namespace Clinic.Intake.Domain;

public sealed class RequestErasureValidator : AbstractValidator<RequestErasure>
{
    public RequestErasureValidator()
    {
        RuleFor(c => c.ErasureId).IsId();
        RuleFor(c => c.ClientId).IsId();
        RuleFor(c => c.Ground).IsOneOf(ErasureGrounds.All);
        RuleFor(c => c.DataClasses).Must(classes => classes is null || (classes.Length > 0 && classes.All(DataClasses.All.Contains)))
            .WithMessage($"must be left out, or name some of: {string.Join(", ", DataClasses.All)}");
    }
}

/// <summary>What the decision reads.</summary>
/// <param name="Client">The client; append with its stream as guard, so that nothing new is overlooked.</param>
/// <param name="Policy">What the clinic keeps for how long; null when it has not decided.</param>
/// <param name="LastActivity">When intake last recorded something about the client.</param>
public sealed record ErasureFacts(Actor By, Client? Client, RetentionPolicy? Policy, DateTimeOffset LastActivity);

public static class RequestErasureAggregateHandler
{
    public static object[] Handle(RequestErasure command, ClientErasure? state, ErasureFacts facts, DateTimeOffset now)
    {
        if (facts.By.Role is not (Roles.Operator or Roles.Supervisor or Roles.Service))
            throw new RuleViolation("role_not_permitted", "An erasure is requested by an operator or supervisor.");
        var client = facts.Client ?? throw new RuleViolation("client_unknown", "No client is known under this id.", "clientId");

        string[] classes = command.DataClasses is { } named ? [.. named.Distinct().Order(StringComparer.Ordinal)] : [ClientErasure.EveryClass];
        if (state?.Running is { } running)
            return running.ErasureId == command.ErasureId
                ? []
                : throw new RuleViolation("erasure_running", "Another erasure of this client is not complete yet.", "clientId");
        if (state?.Erased(classes) == true) return [];

        if (state?.Holds is { Length: > 0 } holds)
            return Refused(command, state, facts, "legal_hold", "A legal hold keeps this client's data.", holds, null);
        if (command.Ground != ErasureGrounds.EnteredInError && facts.Policy?.KeepUntil(classes, facts.LastActivity) is { } until && until > now)
            return Refused(command, state, facts, "retention_running", "The clinic must keep this data longer.", [], until);

        string[] subjects = client.Registration?.ReferralId is { } referralId
            ? [Subjects.Of("clientId", command.ClientId), Subjects.Of("referralId", referralId)]
            : [Subjects.Of("clientId", command.ClientId)];
        return [new ErasureRequested(command.ErasureId, command.ClientId, command.Ground, classes, subjects, facts.By.Id)];
    }

    /// <summary>Kept, and an auditor can see that it was asked for: once per request, however often it is repeated.</summary>
    private static object[] Refused(
        RequestErasure command, ClientErasure? state, ErasureFacts facts, string code, string reason, HoldPlaced[] holds, DateTimeOffset? keepUntil)
    {
        var violation = new RuleViolation(code, reason, "clientId");
        return state?.LastRefusal is { } last && (last.ErasureId, last.ReasonCode) == (command.ErasureId, code)
            ? throw violation
            :
            [
                new ErasureRefused(command.ErasureId, command.ClientId, command.Ground, code, [.. holds.Select(h => h.HoldId)], facts.By.Id, keepUntil),
                violation
            ];
    }
}
