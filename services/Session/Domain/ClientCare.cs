using Clinic.Contracts.Consent;

namespace Clinic.Session.Domain;

/// <summary>
/// What consent said of one directive. Sequence is the producer's, and is what an auditor can look up.
/// </summary>
public sealed record ConsentNoted(
    string ClientId, string DirectiveId, int DirectiveVersion, string Status, ConsentScope[] Scopes, string Producer,
    long Sequence, DateTimeOffset? ValidFrom = null, DateTimeOffset? ExpiresAt = null,
    DateTimeOffset? WithdrawnFrom = null)
{
    public const string Granted = "granted";
    public const string Withdrawn = "withdrawn";
    public const string Expired = "expired";
    public const string Refused = "refused";
}

public sealed record SuitabilityNoted(
    string ClientId, string Decision, string Category, string[] Modalities, DateOnly ReviewBy, string Producer,
    long Sequence)
{
    /// <summary>Only what is listed; on its review day a decision still counts.</summary>
    public bool Allows(string modality, DateTimeOffset now) =>
        Decision is "online" or "online-with-limits"
        && Modalities.Contains(modality)
        && ReviewBy >= DateOnly.FromDateTime(now.UtcDateTime);
}

public sealed record EmergencyPlanNoted(string ClientId, DateOnly ReviewBy, string Producer, long Sequence)
{
    public bool IsCurrent(DateTimeOffset now) => ReviewBy >= DateOnly.FromDateTime(now.UtcDateTime);
}

public sealed record CrisisNoted(string ClientId, bool Open, string Producer, long Sequence);

public sealed record SessionListed(string ClientId, string SessionId, string Modality, DateTimeOffset StartsAt);

public sealed record SessionOpened(string ClientId, string SessionId);

public sealed record SessionUnlisted(string ClientId, string SessionId, string Reason);

/// <summary>A session that is planned or in progress.</summary>
public sealed record ListedSession(string SessionId, string Modality, DateTimeOffset StartsAt, bool InProgress);

/// <summary>
/// What this service knows of a client: its own copies of other services' public facts, and the client's open
/// sessions. One stream, so that booking, starting and a withdrawal that arrives meanwhile cannot miss each other.
/// </summary>
/// <param name="Consents">Latest word on each directive, sorted by id.</param>
/// <param name="Sessions">Sorted by id.</param>
public sealed record ClientCare(
    string Id, string ClientId, ConsentNoted[] Consents, ListedSession[] Sessions, SuitabilityNoted? Suitability = null,
    EmergencyPlanNoted? EmergencyPlan = null, CrisisNoted? Crisis = null)
{
    public long Version { get; init; }

    public static string StreamId(string clientId) => $"care-{clientId}";

    public ConsentNoted? Consent(string directiveId) => Array.Find(Consents, c => c.DirectiveId == directiveId);

    public ListedSession? Session(string sessionId) => Array.Find(Sessions, s => s.SessionId == sessionId);

    /// <summary>The consent to treatment that holds at an instant.</summary>
    public ConsentNoted? Treatment(DateTimeOffset instant) => Holding(instant, s => s.Kind == ScopeKinds.Treatment);

    /// <summary>The consent to a modality that holds at an instant.</summary>
    public ConsentNoted? Modality(string modality, DateTimeOffset instant) =>
        Holding(instant, s => s.Kind == ScopeKinds.Modality && s.Value == modality);

    /// <summary>A withdrawal may lie ahead, so it counts by its instant; start included, end excluded.</summary>
    private ConsentNoted? Holding(DateTimeOffset instant, Predicate<ConsentScope> wanted) =>
        Array.Find(Consents, c =>
            c.Status is ConsentNoted.Granted or ConsentNoted.Withdrawn
            && c.ValidFrom <= instant && !(c.ExpiresAt <= instant) && !(c.WithdrawnFrom <= instant)
            && Array.Exists(c.Scopes, wanted));

    // Whichever fact arrives first founds the stream: consent may speak before intake does (P1).
    public static ClientCare Create(ConsentNoted e) => New(e.ClientId).Apply(e);

    public static ClientCare Create(SuitabilityNoted e) => New(e.ClientId).Apply(e);

    public static ClientCare Create(EmergencyPlanNoted e) => New(e.ClientId).Apply(e);

    public static ClientCare Create(CrisisNoted e) => New(e.ClientId).Apply(e);

    public ClientCare Apply(ConsentNoted e) => this with
    {
        Consents =
        [
            .. Consents.Where(c => c.DirectiveId != e.DirectiveId).Append(e)
                .OrderBy(c => c.DirectiveId, StringComparer.Ordinal)
        ]
    };

    public ClientCare Apply(SuitabilityNoted e) => this with { Suitability = e };

    public ClientCare Apply(EmergencyPlanNoted e) => this with { EmergencyPlan = e };

    public ClientCare Apply(CrisisNoted e) => this with { Crisis = e };

    public ClientCare Apply(SessionListed e) =>
        With(new ListedSession(e.SessionId, e.Modality, e.StartsAt, InProgress: false));

    public ClientCare Apply(SessionOpened e) =>
        Session(e.SessionId) is { } listed ? With(listed with { InProgress = true }) : this;

    public ClientCare Apply(SessionUnlisted e) => this with
    {
        Sessions = [.. Sessions.Where(s =>
        s.SessionId != e.SessionId)]
    };

    private ClientCare With(ListedSession changed) => this with
    {
        Sessions =
        [
            .. Sessions.Where(s => s.SessionId != changed.SessionId).Append(changed)
                .OrderBy(s => s.SessionId, StringComparer.Ordinal)
        ]
    };

    private static ClientCare New(string clientId) => new(StreamId(clientId), clientId, [], []);
}
