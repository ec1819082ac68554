using Clinic.Contracts;

namespace Clinic.Consent.Domain;

public sealed record AccountingRequested(string RequestId, string ClientId, string Regime, DateTimeOffset DueAt, bool FeeApplies);

public sealed record AccountingFeeAccepted(string RequestId, string ClientId);

public sealed record AccountingIssued(
    string RequestId, string ClientId, string Regime, int Entries, string ContentHash, DateTimeOffset UpTo);

public sealed record AccountingSuspended(
    string SuspensionId, string ClientId, string AgencyId, bool Written, DateTimeOffset From, DateTimeOffset Until, string? StatementHash = null);

/// <summary>One request for an accounting.</summary>
public sealed record AccountingRequest(string Id, string Regime, DateTimeOffset DueAt, bool FeeApplies, bool FeeAccepted = false, bool Issued = false);

/// <summary>An agency's request to be left out for a time.</summary>
public sealed record Suspension(string Id, string AgencyId, bool Written, DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>End excluded: an oral one of 30 days is over on day 31 (T49).</summary>
    public bool HoldsAt(DateTimeOffset instant) => From <= instant && instant < Until;
}

/// <summary>What a client asked to be told of disclosures, and which agencies are left out meanwhile.</summary>
/// <param name="Issuances">When accountings were issued; the second in twelve months may cost a fee.</param>
public sealed record Accountings(
    string Id, string ClientId, AccountingRequest[] Requests, Suspension[] Suspensions, DateTimeOffset[] Issuances)
{
    public long Version { get; init; }

    public static string StreamId(string clientId) => $"accountings-{clientId}";

    public AccountingRequest? Find(string requestId) => Array.Find(Requests, r => r.Id == requestId);

    private static Accountings Of(string clientId) => new(StreamId(clientId), clientId, [], [], []);

    public static Accountings Create(AccountingRequested e) => Of(e.ClientId).Apply(e);

    public static Accountings Create(AccountingSuspended e) => Of(e.ClientId).Apply(e);

    public Accountings Apply(AccountingRequested e) =>
        this with { Requests = [.. Requests, new AccountingRequest(e.RequestId, e.Regime, e.DueAt, e.FeeApplies)] };

    public Accountings Apply(AccountingFeeAccepted e) => Change(e.RequestId, r => r with { FeeAccepted = true });

    public Accountings Apply(AccountingIssued e) =>
        Change(e.RequestId, r => r with { Issued = true }) with { Issuances = [.. Issuances, e.UpTo] };

    public Accountings Apply(AccountingSuspended e) => this with
    {
        Suspensions = [.. Suspensions.Where(s => s.Id != e.SuspensionId), new Suspension(e.SuspensionId, e.AgencyId, e.Written, e.From, e.Until)]
    };

    private Accountings Change(string requestId, Func<AccountingRequest, AccountingRequest> change) =>
        this with { Requests = [.. Requests.Select(r => r.Id == requestId ? change(r) : r)] };
}
