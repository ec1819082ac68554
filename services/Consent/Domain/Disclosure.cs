using Clinic.Contracts;

namespace Clinic.Consent.Domain;

/// <summary>RequestedBy is the recipient's bus user, as the broker validated it.</summary>
[Subject("clientId")]
public sealed record DisclosureRequested(
    string DisclosureId, string ClientId, string RecipientId, string Purpose, Personal<string> PurposeStatement,
    string[] Categories, DateOnly PeriodFrom, DateOnly PeriodTo, string LegalBasis, string RequestedBy);

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
[Subject("clientId")]
public sealed record DisclosureMade(
    string DisclosureId, string ClientId, string RecipientId,
    [property: Subject("recipientId", DataClasses.Contact)] Personal<string> RecipientName,
    [property: Subject("recipientId", DataClasses.Contact)] Personal<string> RecipientAddress,
    string Description, Personal<string> PurposeStatement, string Purpose, string LegalBasis, string DirectiveId,
    int DirectiveVersion, string DocumentId, int DocumentVersion, int PolicyVersion, string ContentHash,
    string Discloser, DateTimeOffset At);

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
    string Id, DisclosureRequested Request, DisclosureStatus Status, string? ContentHash = null)
{
    public long Version { get; init; }

    public static string StreamId(string disclosureId) => $"disclosure-{disclosureId}";

    public static Disclosure Create(DisclosureRequested e) =>
        new(StreamId(e.DisclosureId), e, DisclosureStatus.Requested);

    public Disclosure Apply(DisclosurePermitted e) => this with { Status = DisclosureStatus.Permitted };

    public Disclosure Apply(DisclosureDenied e) => this with { Status = DisclosureStatus.Denied };

    public Disclosure Apply(DisclosureMade e) =>
        this with { Status = DisclosureStatus.Released, ContentHash = e.ContentHash };

    public Disclosure Apply(DisclosureRedacted e) => this;

    public Disclosure Apply(DisclosureCancelled e) => this with { Status = DisclosureStatus.Cancelled };

    public Disclosure Apply(DisclosureDelivered e) => this with { Status = DisclosureStatus.Delivered };

    public Disclosure Apply(DisclosureDeliveryFailed e) => this with { Status = DisclosureStatus.DeliveryFailed };
}
