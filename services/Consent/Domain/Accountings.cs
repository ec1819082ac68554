using Clinic.Contracts;

namespace Clinic.Consent.Domain;

/// <param name="From">First day (UTC) it is to show; null: as far back as the regime reaches.</param>
/// <param name="To">Last day (UTC) it is to show; null: until it was asked for.</param>
/// <param name="StatementHash">Of the writing in which the client asked, where staff recorded it.</param>
public sealed record AccountingRequested(
    string RequestId, string ClientId, string Regime, DateTimeOffset DueAt, bool FeeApplies, DateOnly? From = null, DateOnly? To = null,
    string? StatementHash = null);

public sealed record AccountingFeeAccepted(string RequestId, string ClientId);

/// <param name="UpTo">When it was put together.</param>
public sealed record AccountingIssued(
    string RequestId, string ClientId, string Regime, int Entries, string ContentHash, DateTimeOffset UpTo);

[Subject("clientId")]
public sealed record AccountingExtended(string RequestId, string ClientId, Personal<string> Reason, DateTimeOffset DueAt);

public sealed record AccountingOverdue(string RequestId, string ClientId, DateTimeOffset DueAt);

public sealed record AccountingSuspended(
    string SuspensionId, string ClientId, string AgencyId, bool Written, DateTimeOffset From, DateTimeOffset Until, string? StatementHash = null);

/// <summary>One request for an accounting.</summary>
/// <param name="AskedAt">It shows what was disclosed until then: issued again it shows the same.</param>
/// <param name="IssuedAt">When it was issued first.</param>
public sealed record AccountingRequest(
    string Id, string Regime, DateTimeOffset AskedAt, DateTimeOffset DueAt, bool FeeApplies, bool FeeAccepted = false, DateTimeOffset? IssuedAt = null,
    DateOnly? From = null, DateOnly? To = null, bool Extended = false, bool Overdue = false);

/// <summary>An agency's request to be left out for a time.</summary>
public sealed record Suspension(string Id, string AgencyId, bool Written, DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>End excluded: an oral one of 30 days is over on day 31 (T49).</summary>
    public bool HoldsAt(DateTimeOffset instant) => From <= instant && instant < Until;
}

/// <summary>What a client asked to be told of disclosures, and which agencies are left out meanwhile.</summary>
public sealed record Accountings(string Id, string ClientId, AccountingRequest[] Requests, Suspension[] Suspensions)
{
    public long Version { get; init; }

    public static string StreamId(string clientId) => $"accountings-{clientId}";

    /// <summary>Whether what was disclosed to a recipient is left out at an instant.</summary>
    public bool LeavesOut(string recipientId, DateTimeOffset instant) =>
        Array.Exists(Suspensions, s => s.AgencyId == recipientId && s.HoldsAt(instant));

    public AccountingRequest? Find(string requestId) => Array.Find(Requests, r => r.Id == requestId);

    private static Accountings Of(string clientId) => new(StreamId(clientId), clientId, [], []);

    public static Accountings Create(AccountingRequested e) => Of(e.ClientId).Apply(e);

    public static Accountings Create(AccountingSuspended e) => Of(e.ClientId).Apply(e);

    public Accountings Apply(AccountingRequested e) =>
        this with
        {
            Requests = [.. Requests, new AccountingRequest(e.RequestId, e.Regime, e.DueAt - ConsentPolicy.TermOf(e.Regime), e.DueAt, e.FeeApplies, From: e.From, To: e.To)]
        };

    public Accountings Apply(AccountingFeeAccepted e) => Change(e.RequestId, r => r with { FeeAccepted = true });

    public Accountings Apply(AccountingIssued e) => Change(e.RequestId, r => r with { IssuedAt = r.IssuedAt ?? e.UpTo });

    public Accountings Apply(AccountingExtended e) => Change(e.RequestId, r => r with { DueAt = e.DueAt, Extended = true });

    public Accountings Apply(AccountingOverdue e) => Change(e.RequestId, r => r with { Overdue = true });

    public Accountings Apply(NotificationWanted e) => this;

    public Accountings Apply(AccountingSuspended e) => this with
    {
        Suspensions = [.. Suspensions.Where(s => s.Id != e.SuspensionId), new Suspension(e.SuspensionId, e.AgencyId, e.Written, e.From, e.Until)]
    };

    private Accountings Change(string requestId, Func<AccountingRequest, AccountingRequest> change) =>
        this with { Requests = [.. Requests.Select(r => r.Id == requestId ? change(r) : r)] };
}
