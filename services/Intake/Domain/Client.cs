using Clinic.Contracts;
using Clinic.Contracts.Intake;
using Clinic.Instruments;

namespace Clinic.Intake.Domain;

/// <summary>A person became a client under a pseudonym.</summary>
[Subject("clientId")]
public sealed record ClientRegistered(
    string ClientId, string Route, string IdentityMode, string AgeBand, string Language, string Region,
    Personal<string[]> Accessibility, string? ReferralId = null);

/// <summary>A screen was answered and scored.</summary>
[Subject("clientId")]
public sealed record ScreeningCompleted(
    string ClientId, string ScreenId, string Instrument, string Version, string Language, Personal<int?[]> Items,
    string ScorerVersion, string Validity, int? Total = null, string? Band = null, Personal<int>? ItemNineScore = null,
    Personal<bool>? PastThreeMonths = null, DateTimeOffset? OccurredAt = null, bool? ClockAhead = null,
    DateTimeOffset? CompletedAt = null);

/// <summary>An answer needs a closer screen before anybody decides about care.</summary>
public sealed record FollowUpScreenRequested(
    string ClientId, string ScreenId, string Instrument, string Reason, bool ContactPossible);

/// <summary>A clinician set the least safety response to a risk.</summary>
public sealed record RiskTriaged(
    string ClientId, string TriageId, string Source, string Tier, string ClinicianId, DateTimeOffset ActionDueAt);

/// <summary>Whom to call and where to send help.</summary>
[Subject("clientId", DataClasses.Contact)]
public sealed record EmergencyPlanRecorded(
    string ClientId, Personal<string> ContactRef, Personal<string> UsualLocationRef, Personal<string> LocalServices,
    DateOnly ReviewBy);

/// <summary>A licensed clinician decided whether online care suits the client.</summary>
[Subject("clientId")]
public sealed record SuitabilityDecided(
    string ClientId, string Decision, string Category, string[] Modalities, Personal<string[]> Exclusions,
    Personal<string> Rationale, string DecidedBy, DateOnly ReviewBy, string? ReferralId = null, bool? Overridden = null,
    string? SharedDecisionId = null);

/// <summary>Feedback raised a safety alert about this client.</summary>
public sealed record SafetyAlertNoted(
    string ClientId, string AlertId, string RuleId, string ResponseId, DateTimeOffset DueAt);

/// <summary>Nobody can contact the client, so crisis information was shown at once.</summary>
public sealed record CrisisInformationGiven(string ClientId, string ScreenId, string Region, bool ContactPossible);

/// <summary>Everything intake decides about one client, in one stream: a suitability decision reads one version.</summary>
public sealed record Client
{
    public required string Id { get; init; }
    public long Version { get; init; }
    public required string ClientId { get; init; }

    /// <summary>Null while all that is known of the client is another service's alert.</summary>
    public ClientRegistered? Registration { get; init; }
    public IReadOnlyList<ScreeningCompleted> Screens { get; init; } = [];
    public IReadOnlyList<RiskTriaged> Triages { get; init; } = [];
    public IReadOnlyList<string> AlertIds { get; init; } = [];
    public EmergencyPlanRecorded? EmergencyPlan { get; init; }

    /// <summary>The latest decision; earlier ones no longer count.</summary>
    public SuitabilityDecided? Suitability { get; init; }

    /// <summary>The screen whose follow-up is still to be answered in full.</summary>
    public string? FollowUpFor { get; init; }

    /// <summary>A positive item 9 or an alert that no clinician has looked at yet.</summary>
    public bool TriageDue { get; init; }
    public CrisisState Crisis { get; init; } = new();
    public bool InCrisis => Crisis.Open is not null;

    public ClientIdentity Identity { get; init; } = new();
    public IReadOnlyList<EducationDelivered> Delivered { get; init; } = [];
    public IReadOnlyList<SafetyEducationAcknowledged> Acknowledged { get; init; } = [];

    public TechnologyState Technology { get; init; } = new();
    public ProblemList Problems { get; init; } = new();
    public IReadOnlyList<SharedDecisionRecorded> SharedDecisions { get; init; } = [];
    public IReadOnlyList<ReferredOut> ReferralsOut { get; init; } = [];

    /// <summary>Referrals out that were accepted.</summary>
    public IReadOnlyList<string> AcceptedOut { get; init; } = [];

    /// <summary>Risks that other services saw.</summary>
    public IReadOnlyList<string> Risks { get; init; } = [];

    /// <summary>Links to other pseudonyms of the same person that stand.</summary>
    public IReadOnlyList<ClientsLinked> Links { get; init; } = [];

    /// <summary>The pseudonym that goes on, when this one is linked to it as the duplicate.</summary>
    public string? DuplicateOf => Links.FirstOrDefault(link => link.Duplicate == ClientId)?.Survivor;

    public bool LinkedTo(string duplicate) => Links.Any(link => link.Survivor == ClientId && link.Duplicate == duplicate);

    /// <summary>An anonymous client without an emergency plan cannot be reached, whatever the risk.</summary>
    public bool ContactPossible => Registration?.IdentityMode != IdentityModes.Anonymous || EmergencyPlan is not null;

    public static string StreamId(string clientId) => $"client-{clientId}";

    /// <summary>The registered client.</summary>
    /// <exception cref="RuleViolation">Nobody is registered under this id.</exception>
    internal static Client Registered(Client? state) => state is { Registration: not null }
        ? state
        : throw new RuleViolation("client_unknown", "No client is registered under this id.", "clientId");

    /// <summary>Screens and diagnoses are the items a client shares and clinicians label.</summary>
    /// <exception cref="RuleViolation">The client has none under this id.</exception>
    internal void MustOwn(string itemId)
    {
        if (Screens.All(s => s.ScreenId != itemId) && Problems.Diagnoses.All(d => d.DiagnosisId != itemId))
            throw new RuleViolation("item_unknown", "This client has no screen and no diagnosis under this id.", "itemId");
    }

    /// <summary>What is seen in a duplicate's record concerns the person: the pseudonym that goes on is told in the same append.</summary>
    internal object[] TellSurvivor(string riskId, string source, string severity) => DuplicateOf is { } survivor
        ? [new ForStream(StreamId(survivor), typeof(Client), new RiskNoted(survivor, riskId, source, severity))]
        : [];

    public static Client Create(ClientRegistered e) => Named(e.ClientId).Apply(e);

    /// <summary>An alert may overtake the registration; a fact that arrives early is kept.</summary>
    public static Client Create(SafetyAlertNoted e) => Named(e.ClientId).Apply(e);

    /// <summary>As an alert.</summary>
    public static Client Create(RiskNoted e) => Named(e.ClientId).Apply(e);

    public Client Apply(ClientRegistered e) => this with { Registration = e };

    public Client Apply(ScreeningCompleted e) => this with
    {
        Screens = [.. Screens, e],
        FollowUpFor = e is { Instrument: CSsrs.Code, Validity: Validities.Complete } ? null : FollowUpFor
    };

    /// <summary>Stored with the screen that asks for it. A fold looks at no answers: they may be erased, the risk is not.</summary>
    public Client Apply(FollowUpScreenRequested e) => this with { FollowUpFor = e.ScreenId, TriageDue = true };

    public Client Apply(CrisisPathwayActivated e) => this with { Crisis = Crisis.With(e) };

    public Client Apply(CrisisContactAttempted e) => this with { Crisis = Crisis.With(e) };

    public Client Apply(CrisisContactOverdue e) => this with { Crisis = Crisis with { Overdue = true } };

    public Client Apply(CrisisPathwayClosed e) => this with { Crisis = Crisis.Closed() };

    public Client Apply(RiskTriaged e) => this with { Triages = [.. Triages, e], TriageDue = false };

    public Client Apply(EmergencyPlanRecorded e) => this with { EmergencyPlan = e };

    public Client Apply(SuitabilityDecided e) => this with { Suitability = e };

    public Client Apply(IdentityProofed e) => this with { Identity = Identity with { Proofs = [.. Identity.Proofs, e] } };

    public Client Apply(IdentityProofingFailed e) => this with { Identity = Identity with { Failures = [.. Identity.Failures, e] } };

    public Client Apply(PseudonymLinked e) => this with { Identity = Identity with { Escrow = e } };

    public Client Apply(ClientEnrolled e) => this with { Identity = Identity with { Enrolled = [.. Identity.Enrolled, e.Category] } };

    public Client Apply(EnrolmentRefused e) => this with { Identity = Identity with { LastRefusal = e } };

    public Client Apply(EducationDelivered e) => this with { Delivered = [.. Delivered, e] };

    public Client Apply(SafetyEducationAcknowledged e) => this with { Acknowledged = [.. Acknowledged, e] };

    public Client Apply(ClientsLinked e) => this with { Links = [.. Links, e] };

    public Client Apply(ClientsUnlinked e) =>
        this with { Links = [.. Links.Where(link => (link.Survivor, link.Duplicate) != (e.Survivor, e.Duplicate))] };

    public Client Apply(TechReadinessAssessed e) => this with { Technology = Technology with { Assessments = [.. Technology.Assessments, e] } };

    public Client Apply(ConnectionTested e) => this with { Technology = Technology with { Tests = [.. Technology.Tests, e] } };

    public Client Apply(AlternativeOffered e) => this with { Technology = Technology with { Offers = [.. Technology.Offers, e] } };

    public Client Apply(OfferAnswered e) => this with { Technology = Technology with { Answers = [.. Technology.Answers, e] } };

    public Client Apply(ModalityPreferenceSet e) => this with { Technology = Technology with { Preference = e } };

    public Client Apply(AccessibilitySet e) => this with { Technology = Technology with { Accessibility = e } };

    public Client Apply(DiagnosisRecorded e) => this with { Problems = Problems.With(e) };

    public Client Apply(DiagnosisCorrected e) => this with { Problems = Problems with { Corrections = [.. Problems.Corrections, e] } };

    public Client Apply(GoalSet e) => this with { Problems = Problems.With(e) };

    public Client Apply(ItemLabelled e) => this with { Problems = Problems with { Labels = [.. Problems.Labels, e] } };

    public Client Apply(ItemSharingSet e) => this with { Problems = Problems with { Sharing = [.. Problems.Sharing, e] } };

    public Client Apply(SharedDecisionRecorded e) => this with { SharedDecisions = [.. SharedDecisions, e] };

    public Client Apply(ReferredOut e) => this with { ReferralsOut = [.. ReferralsOut, e] };

    public Client Apply(ReferralAccepted e) => this with { AcceptedOut = [.. AcceptedOut, e.ReferralOutId] };

    /// <summary>A trace for auditors; it changes nothing that is decided.</summary>
    public Client Apply(CrisisInformationGiven e) => this;

    public Client Apply(RiskNoted e) => this with { Risks = [.. Risks, e.RiskId], TriageDue = true };

    public Client Apply(SafetyAlertNoted e) => this with { AlertIds = [.. AlertIds, e.AlertId], TriageDue = true };

    private static Client Named(string clientId) => new() { Id = StreamId(clientId), ClientId = clientId };
}
