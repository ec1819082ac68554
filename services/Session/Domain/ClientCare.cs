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
    public const string Superseded = "superseded";
    public const string EnteredInError = "entered-in-error";
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

public sealed record IdentityNoted(
    string ClientId, string Level, DateTimeOffset ExpiresAt, string Producer, long Sequence);

public sealed record SafetyEducationNoted(
    string ClientId, string ContentId, int ContentVersion, string Producer, long Sequence);

public sealed record RiskNoted(string ClientId, string Tier, string Producer, long Sequence);

/// <summary>Intake found, or no longer thinks, that two pseudonyms are one person (P15).</summary>
public sealed record ClientLinkNoted(string ClientId, string OtherId, bool Linked, string Producer, long Sequence);

public sealed record SessionListed(
    string ClientId, string SessionId, string Modality, DateTimeOffset StartsAt, string? PlatformId = null);

/// <summary>A listed session is held at another time or in another way.</summary>
public sealed record SessionRelisted(
    string ClientId, string SessionId, string Modality, DateTimeOffset StartsAt, string? PlatformId = null);

/// <param name="PractitionerId">Whose day the session is on, with <paramref name="EngagedOn"/>.</param>
public sealed record SessionOpened(
    string ClientId, string SessionId, string? PractitionerId = null, DateOnly? EngagedOn = null);

public sealed record SessionUnlisted(string ClientId, string SessionId, string Reason);

/// <summary>A recorder runs, or no longer runs, in a session.</summary>
/// <param name="With">Every session that is recorded together with this one, itself included.</param>
public sealed record RecordingListed(string ClientId, string SessionId, bool On, RecordedSession[] With);

/// <summary>One participant's session.</summary>
public sealed record RecordedSession(string SessionId, string ClientId);

/// <summary>A course that rests on consent to treatment.</summary>
public sealed record CourseListed(string ClientId, string CourseId);

public sealed record CourseUnlisted(string ClientId, string CourseId);

/// <summary>A session that is planned or in progress.</summary>
public sealed record ListedSession(
    string SessionId, string Modality, DateTimeOffset StartsAt, bool InProgress, string? PlatformId = null,
    string? PractitionerId = null, DateOnly? EngagedOn = null, RecordedSession[]? RecordedWith = null);

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

    public IdentityNoted? Identity { get; init; }

    /// <summary>The newest acknowledged version of each content.</summary>
    public SafetyEducationNoted[] SafetyEducation { get; init; } = [];

    public RiskNoted? Risk { get; init; }

    /// <summary>The latest word on each pseudonym that was thought to be the same person.</summary>
    public ClientLinkNoted[] Links { get; init; } = [];

    /// <summary>Courses that end when consent to treatment does.</summary>
    public string[] Courses { get; init; } = [];

    /// <summary>Somebody must be asked how they are when they are lost from sight (domain rule 2.3.5).</summary>
    public bool IsAtRisk =>
        Crisis?.Open is true || Risk?.Tier is Contracts.Intake.RiskTiers.Moderate or Contracts.Intake.RiskTiers.High;

    public static string StreamId(string clientId) => $"care-{clientId}";

    public ConsentNoted? Consent(string directiveId) => Array.Find(Consents, c => c.DirectiveId == directiveId);

    public ListedSession? Session(string sessionId) => Array.Find(Sessions, s => s.SessionId == sessionId);

    /// <summary>The consent to treatment that holds at an instant.</summary>
    public ConsentNoted? Treatment(DateTimeOffset instant) => Holding(instant, s => s.Kind == ScopeKinds.Treatment);

    /// <summary>The consent to a modality that holds at an instant.</summary>
    public ConsentNoted? Modality(string modality, DateTimeOffset instant) =>
        Holding(instant, s => s.Kind == ScopeKinds.Modality && s.Value == modality);

    /// <summary>The consent to a platform that holds at an instant.</summary>
    public ConsentNoted? Platform(string? platformId, DateTimeOffset instant) =>
        Holding(instant, s => s.Kind == ScopeKinds.Platform && s.Value == platformId);

    /// <summary>The consent to recording that holds at an instant.</summary>
    public ConsentNoted? Recording(DateTimeOffset instant) => Holding(instant, s => s.Kind == ScopeKinds.Recording);

    /// <summary>The client said no, or no more, and has not said yes since: what a linked record forbids (P15).</summary>
    public bool Denies(Predicate<ConsentScope> scope, DateTimeOffset instant) =>
        Holding(instant, scope) is null && Array.Exists(Consents, c => Array.Exists(c.Scopes, scope));

    /// <summary>A withdrawal or a successor may lie ahead, so it counts by its instant; start included, end excluded.</summary>
    private ConsentNoted? Holding(DateTimeOffset instant, Predicate<ConsentScope> wanted) =>
        Array.Find(Consents, c =>
            (c.Status is ConsentNoted.Granted or ConsentNoted.Withdrawn || c is { Status: ConsentNoted.Superseded, WithdrawnFrom: not null })
            && c.ValidFrom <= instant && !(c.ExpiresAt <= instant) && !(c.WithdrawnFrom <= instant)
            && Array.Exists(c.Scopes, wanted));

    // Whichever fact arrives first founds the stream: consent may speak before intake does (P1).
    public static ClientCare Create(ConsentNoted e) => New(e.ClientId).Apply(e);

    public static ClientCare Create(SuitabilityNoted e) => New(e.ClientId).Apply(e);

    public static ClientCare Create(EmergencyPlanNoted e) => New(e.ClientId).Apply(e);

    public static ClientCare Create(CrisisNoted e) => New(e.ClientId).Apply(e);

    public static ClientCare Create(IdentityNoted e) => New(e.ClientId).Apply(e);

    public static ClientCare Create(SafetyEducationNoted e) => New(e.ClientId).Apply(e);

    public static ClientCare Create(RiskNoted e) => New(e.ClientId).Apply(e);

    public static ClientCare Create(ClientLinkNoted e) => New(e.ClientId).Apply(e);

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

    public ClientCare Apply(IdentityNoted e) => this with { Identity = e };

    public ClientCare Apply(SafetyEducationNoted e) => this with
    {
        SafetyEducation =
        [
            .. SafetyEducation.Where(s => s.ContentId != e.ContentId).Append(e)
                .OrderBy(s => s.ContentId, StringComparer.Ordinal)
        ]
    };

    public ClientCare Apply(RiskNoted e) => this with { Risk = e };

    public ClientCare Apply(ClientLinkNoted e) => this with
    {
        Links = [.. Links.Where(l => l.OtherId != e.OtherId).Append(e).OrderBy(l => l.OtherId, StringComparer.Ordinal)]
    };

    public ClientCare Apply(SessionListed e) =>
        With(new ListedSession(e.SessionId, e.Modality, e.StartsAt, InProgress: false, e.PlatformId));

    public ClientCare Apply(SessionRelisted e) => Session(e.SessionId) is { } listed
        ? With(listed with { Modality = e.Modality, StartsAt = e.StartsAt, PlatformId = e.PlatformId })
        : this;

    public ClientCare Apply(SessionOpened e) => Session(e.SessionId) is { } listed
        ? With(listed with { InProgress = true, PractitionerId = e.PractitionerId, EngagedOn = e.EngagedOn })
        : this;

    public ClientCare Apply(RecordingListed e) =>
        Session(e.SessionId) is { } listed ? With(listed with { RecordedWith = e.On ? e.With : null }) : this;

    public ClientCare Apply(CourseListed e) => this with { Courses = [.. Courses.Append(e.CourseId).Order()] };

    public ClientCare Apply(CourseUnlisted e) => this with { Courses = [.. Courses.Where(c => c != e.CourseId)] };

    public ClientCare Apply(SessionUnlisted e) => this with
    {
        Sessions = [.. Sessions.Where(s => s.SessionId != e.SessionId)]
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
