using Clinic.Contracts;
using Clinic.Contracts.Intake;

namespace Clinic.Intake.Domain;

/// <summary>An operator found a licence valid at its register.</summary>
[Subject("practitionerId")]
public sealed record LicenceVerified(
    string PractitionerId, string Profession, Personal<string> Number, string Jurisdiction, string Source, DateTimeOffset CheckedAt,
    DateTimeOffset ExpiresAt, CompactAuthority? Compact = null);

/// <summary>A licence was not renewed or was given up.</summary>
public sealed record LicenceLapsed(string PractitionerId, string Jurisdiction, DateTimeOffset EffectiveAt, string ReasonCode, string RecordedBy);

/// <summary>A licensing body suspended a licence.</summary>
public sealed record LicenceSuspended(string PractitionerId, string Jurisdiction, DateTimeOffset EffectiveAt, string ReasonCode, string RecordedBy);

/// <summary>A licence is valid again after a lapse or suspension.</summary>
public sealed record LicenceReinstated(string PractitionerId, string Jurisdiction, DateTimeOffset EffectiveAt, string ReasonCode, string RecordedBy);

/// <summary>A supervisor attested a competence.</summary>
public sealed record CompetenceAttested(string PractitionerId, string Topic, string AttestedBy, DateTimeOffset AttestedAt, DateTimeOffset ExpiresAt);

/// <summary>A supervisor approved a peer supporter.</summary>
public sealed record PeerSupporterApproved(string PractitionerId, string[] Scope, string SupervisorId, DateOnly ReviewBy);

/// <summary>When a jurisdiction's licence did not hold although its register had said so before.</summary>
/// <param name="Until">First instant at which it held again; null while it does not.</param>
public sealed record LicenceInterruption(string Jurisdiction, string Kind, DateTimeOffset From, DateTimeOffset? Until = null)
{
    public const string Lapse = "lapsed";
    public const string Suspension = "suspended";

    public bool CoversInstant(DateTimeOffset instant) => From <= instant && (Until is null || instant < Until);
}

/// <summary>A practitioner, what was checked about them and what they were approved for.</summary>
public sealed record Practitioner
{
    public required string Id { get; init; }
    public long Version { get; init; }
    public required string PractitionerId { get; init; }

    /// <summary>Every check in the order it was recorded: what held at an instant is what the check before it said.</summary>
    public IReadOnlyList<LicenceVerified> Checks { get; init; } = [];
    public IReadOnlyList<LicenceInterruption> Interruptions { get; init; } = [];
    public IReadOnlyList<CompetenceAttested> Competences { get; init; } = [];

    /// <summary>The latest approval as a peer supporter, null for who never was one.</summary>
    public PeerSupporterApproved? Peer { get; init; }

    /// <summary>The latest check of each licence.</summary>
    public IReadOnlyList<LicenceVerified> Licences => Latest(Checks);

    public static string StreamId(string practitionerId) => $"practitioner-{practitionerId}";

    /// <summary>True when some licence is valid at that instant; expiry is end-exclusive.</summary>
    public bool IsLicensedAt(DateTimeOffset instant) => KnownAt(instant).Any(licence => Holds(licence, instant));

    /// <summary>The licence that lets the practitioner treat somebody who is in this jurisdiction at this instant.</summary>
    public LicenceVerified? LicenceFor(string jurisdiction, DateTimeOffset instant) =>
        KnownAt(instant).FirstOrDefault(licence => Jurisdictions.Cover(licence, jurisdiction) && Holds(licence, instant));

    /// <summary>The checks that tell what held at an instant: of each licence the last one before it.</summary>
    internal IReadOnlyList<LicenceVerified> KnownAt(DateTimeOffset instant) => Latest(Checks.Where(check => check.CheckedAt <= instant));

    internal bool Holds(LicenceVerified licence, DateTimeOffset instant) =>
        instant < licence.ExpiresAt && !Interruptions.Any(i => i.Jurisdiction == licence.Jurisdiction && i.CoversInstant(instant));

    /// <summary>Topics whose attestation of the time has run out.</summary>
    public IReadOnlyList<string> ExpiredCompetences(DateTimeOffset instant) =>
        [.. CompetencesAt(instant).Where(attested => attested.ExpiresAt <= instant).Select(attested => attested.Topic)];

    internal IEnumerable<CompetenceAttested> CompetencesAt(DateTimeOffset instant) =>
        Competences.Where(attested => attested.AttestedAt <= instant).GroupBy(attested => attested.Topic).Select(topic => topic.Last());

    public static Practitioner Create(LicenceVerified e) => Named(e.PractitionerId).Apply(e);

    public static Practitioner Create(CompetenceAttested e) => Named(e.PractitionerId).Apply(e);

    public static Practitioner Create(PeerSupporterApproved e) => Named(e.PractitionerId).Apply(e);

    public Practitioner Apply(LicenceVerified e) => this with { Checks = [.. Checks, e] };

    public Practitioner Apply(LicenceLapsed e) => Interrupted(new LicenceInterruption(e.Jurisdiction, LicenceInterruption.Lapse, e.EffectiveAt));

    public Practitioner Apply(LicenceSuspended e) => Interrupted(new LicenceInterruption(e.Jurisdiction, LicenceInterruption.Suspension, e.EffectiveAt));

    public Practitioner Apply(LicenceReinstated e) => this with
    {
        Interruptions = [.. Interruptions.Select(i => i.Jurisdiction == e.Jurisdiction && i.Until is null ? i with { Until = e.EffectiveAt } : i)]
    };

    public Practitioner Apply(CompetenceAttested e) => this with { Competences = [.. Competences, e] };

    public Practitioner Apply(PeerSupporterApproved e) => this with { Peer = e };

    /// <summary>Learned to have begun earlier than was known: the open interruption of its kind moves.</summary>
    private Practitioner Interrupted(LicenceInterruption begun) => this with
    {
        Interruptions = [.. Interruptions.Where(i => !(i.Until is null && (i.Jurisdiction, i.Kind) == (begun.Jurisdiction, begun.Kind))), begun]
    };

    // by what is not personal: an erased number must not make two licences of one
    private static LicenceVerified[] Latest(IEnumerable<LicenceVerified> checks) =>
        [.. checks.Select((check, order) => (check, order)).GroupBy(c => (c.check.Profession, c.check.Jurisdiction)).Select(licence => licence.Last())
            .OrderBy(c => c.order).Select(c => c.check)];

    private static Practitioner Named(string practitionerId) => new() { Id = StreamId(practitionerId), PractitionerId = practitionerId };
}
