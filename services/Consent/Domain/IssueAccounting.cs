using Clinic.Contracts;
using Clinic.Contracts.Consent;

namespace Clinic.Consent.Domain;

/// <summary>The issuing endpoint's own command: what was put together is said to be given, before it is.</summary>
public sealed record IssueAccounting(string ClientId, string RequestId, int Entries, string ContentHash, DateTimeOffset UpTo);

public static class IssueAccountingAggregateHandler
{
    public static object[] Handle(IssueAccounting command, Accountings? state, Actor by, DateTimeOffset now)
    {
        var request = state?.Find(command.RequestId)
            ?? throw new RuleViolation("accounting_unknown", "There is no such request.", "requestId");
        // Notice before charge: 45 CFR 164.528(c)(2) (T50).
        if (request is { FeeApplies: true, FeeAccepted: false })
            throw new RuleViolation("fee_notice", "A second accounting within twelve months may cost a fee; it is issued when the client accepts that.", "requestId");
        return [new AccountingIssued(command.RequestId, command.ClientId, request.Regime, command.Entries, command.ContentHash, command.UpTo)];
    }
}
