using Clinic.Contracts;

namespace Clinic.Consent.Domain;

/// <summary>RequestedBy is the recipient's bus user, as the broker validated it; who fetches the package.</summary>
/// <param name="Labels">Labels asked for by name; only under another basis than consent.</param>
/// <param name="InitiatedBy">The clinician who asked on the recipient's behalf, under another basis than consent.</param>
/// <param name="BasisReference">The order, report or assessment it rests on.</param>
[Subject("clientId")]
public sealed record DisclosureRequested(
    string DisclosureId, string ClientId, string RecipientId, string Purpose, Personal<string> PurposeStatement,
    string[] Categories, DateOnly PeriodFrom, DateOnly PeriodTo, string LegalBasis, string RequestedBy,
    string[]? Labels = null, string? InitiatedBy = null, string? BasisReference = null, string? BasisHash = null);

/// <summary>Somebody other than who asked has approved a disclosure without consent.</summary>
public sealed record DisclosureApproved(string DisclosureId, string ClientId, string RecipientId, string Approver);

/// <summary>Something learned later speaks against it. It stays what it was.</summary>
public sealed record DisclosureFlagged(
    string DisclosureId, string ClientId, string RecipientId, string DirectiveId, string ReasonCode, DateTimeOffset Since);

public sealed record DisclosurePermitted(
    string DisclosureId, string ClientId, string RecipientId, string DirectiveId, int DirectiveVersion,
    int PolicyVersion);

public sealed record DisclosureDenied(
    string DisclosureId, string ClientId, string RecipientId, string ReasonCode, int PolicyVersion,
    string? DirectiveId = null, int? DirectiveVersion = null);

/// <summary>
/// All that an accounting of disclosures must show (45 CFR 164.528(b)(2)), as it was at that instant: a recipient who
/// moves later does not change what was true. Name and address are the recipient's own: when the client is erased, the
/// accounting still says who was given something.
/// </summary>
/// <param name="NoticeId">Which notice against redisclosure went along (42 CFR 2.32), where one had to.</param>
/// <param name="ConsentCopyHash">Of the copy of the consent that went along (42 CFR 2.32), where one had to.</param>
/// <param name="BasisReference">What it rests on instead of a consent.</param>
/// <param name="ApprovedBy">Who approved it, where it rests on no consent.</param>
/// <param name="Sealed">Whether the package was encrypted to the recipient's key.</param>
[Subject("clientId")]
public sealed record DisclosureMade(
    string DisclosureId, string ClientId, string RecipientId,
    [property: Subject("recipientId", DataClasses.Contact)] Personal<string> RecipientName,
    [property: Subject("recipientId", DataClasses.Contact)] Personal<string> RecipientAddress,
    string Description, Personal<string> PurposeStatement, string Purpose, string LegalBasis, string DirectiveId,
    int DirectiveVersion, string DocumentId, int DocumentVersion, int PolicyVersion, string ContentHash,
    string Discloser, DateTimeOffset At, string? NoticeId = null, string? ConsentCopyHash = null, string? BasisReference = null,
    string? ApprovedBy = null, bool? Sealed = null);

/// <summary>What the content just released leaves out. Labels only: which items they were stays with their owner.</summary>
public sealed record DisclosureRedacted(
    string DisclosureId, string ClientId, string RecipientId, string[] Labels, string DirectiveId, int DirectiveVersion,
    int PolicyVersion);

public sealed record DisclosureCancelled(string DisclosureId, string ClientId, string RecipientId, string ReasonCode);

public sealed record DisclosureDelivered(string DisclosureId, string ClientId, string RecipientId, string ContentHash);

public sealed record DisclosureDeliveryFailed(
    string DisclosureId, string ClientId, string RecipientId, string ReasonCode);

public enum DisclosureStatus { Requested, Permitted, Denied, Released, Cancelled, Delivered, DeliveryFailed }

/// <summary>One request for records and what became of it.</summary>
/// <param name="ContentHash">Of what was released; null before.</param>
public sealed record Disclosure(
    string Id, DisclosureRequested Request, DisclosureStatus Status, string? ContentHash = null, string? Approver = null)
{
    public long Version { get; init; }

    /// <summary>Why it was flagged later.</summary>
    public string[] Flagged { get; init; } = [];

    public static string StreamId(string disclosureId) => $"disclosure-{disclosureId}";

    public static Disclosure Create(DisclosureRequested e) =>
        new(StreamId(e.DisclosureId), e, DisclosureStatus.Requested);

    public Disclosure Apply(DisclosureApproved e) => this with { Approver = e.Approver };

    public Disclosure Apply(DisclosureFlagged e) => this with { Flagged = [.. Flagged, e.ReasonCode] };

    public Disclosure Apply(DisclosurePermitted e) => this with { Status = DisclosureStatus.Permitted };

    public Disclosure Apply(DisclosureDenied e) => this with { Status = DisclosureStatus.Denied };

    public Disclosure Apply(DisclosureMade e) =>
        this with { Status = DisclosureStatus.Released, ContentHash = e.ContentHash };

    public Disclosure Apply(DisclosureRedacted e) => this;

    public Disclosure Apply(DisclosureCancelled e) => this with { Status = DisclosureStatus.Cancelled };

    public Disclosure Apply(DisclosureDelivered e) => this with { Status = DisclosureStatus.Delivered };

    public Disclosure Apply(DisclosureDeliveryFailed e) => this with { Status = DisclosureStatus.DeliveryFailed };
}
