using Clinic.Contracts;

namespace Clinic.Consent.Domain;

[Subject("clientId")]
public sealed record EmergencyAccessGranted(
    string AccessId, string ClientId, string UserId, string ReasonCode, Personal<string> Narrative, DateTimeOffset ExpiresAt,
    int ReviewWithinSeconds, DateTimeOffset? GrantedAt = null);

/// <summary>Asked for and not granted: on record, because somebody may have meant harm.</summary>
[Subject("clientId")]
public sealed record EmergencyAccessDenied(
    string AccessId, string ClientId, string UserId, string ReasonCode, Personal<string> Narrative, string DenialCode);

public sealed record EmergencyAccessClosed(string AccessId, string ClientId, string Trigger, DateTimeOffset At, DateTimeOffset ReviewDueAt);

[Subject("clientId")]
public sealed record EmergencyAccessReviewed(
    string AccessId, string ClientId, string Reviewer, string Outcome, bool InformingIsHarmful, Personal<string>? Findings = null);

public sealed record EmergencyReviewOverdue(string AccessId, string ClientId, DateTimeOffset DueAt);

public sealed record ClientInformed(string AccessId, string ClientId);

/// <summary>Somebody is to be told, in neutral words, that there is something to look at.</summary>
public sealed record NotificationWanted(
    string NotificationId, string ClientId, string Recipient, string Template, string Language, DateTimeOffset NotAfter, string AccessId);

/// <summary>All that 42 CFR 2.51(c) asks for.</summary>
[Subject("clientId")]
public sealed record EmergencyDisclosureMade(
    string DisclosureId, string AccessId, string ClientId, Personal<string> RecipientName, Personal<string> Facility,
    Personal<string> NatureOfEmergency, Personal<string> Description, string Discloser, DateTimeOffset At);

public enum EmergencyStatus { Granted, Denied, Closed, Justified, Unjustified }

/// <summary>One breaking of the glass, from its reason to its review.</summary>
/// <param name="ExpiresAt">First instant at which it lets nobody in, whether or not that has been recorded.</param>
public sealed record EmergencyAccess(
    string Id, string AccessId, string ClientId, string UserId, EmergencyStatus Status, DateTimeOffset ExpiresAt,
    DateTimeOffset? ReviewDueAt = null, bool Overdue = false)
{
    public long Version { get; init; }

    /// <summary>What was told to others under it, by disclosure id.</summary>
    public string[] Disclosures { get; init; } = [];

    /// <summary>Why it was refused; null otherwise.</summary>
    public string? DenialCode { get; init; }

    /// <summary>From when it let somebody in; null of those from before it was kept.</summary>
    public DateTimeOffset? GrantedAt { get; init; }

    /// <summary>When it ended; null until it has.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>How soon after its end somebody else reviews it, as it was when it was granted.</summary>
    public TimeSpan ReviewWithin { get; init; }

    public static string StreamId(string accessId) => $"emergency-{accessId}";

    public bool LetsIn(string userId, DateTimeOffset now) => Status == EmergencyStatus.Granted && UserId == userId && now < ExpiresAt;

    public static EmergencyAccess Create(EmergencyAccessGranted e) =>
        new(StreamId(e.AccessId), e.AccessId, e.ClientId, e.UserId, EmergencyStatus.Granted, e.ExpiresAt)
        { ReviewWithin = TimeSpan.FromSeconds(e.ReviewWithinSeconds), GrantedAt = e.GrantedAt };

    public static EmergencyAccess Create(EmergencyAccessDenied e) =>
        new(StreamId(e.AccessId), e.AccessId, e.ClientId, e.UserId, EmergencyStatus.Denied, DateTimeOffset.MinValue) { DenialCode = e.DenialCode };

    public EmergencyAccess Apply(EmergencyAccessClosed e) => this with { Status = EmergencyStatus.Closed, ReviewDueAt = e.ReviewDueAt, ClosedAt = e.At };

    public EmergencyAccess Apply(EmergencyAccessReviewed e) => this with
    {
        Status = e.Outcome == Clinic.Contracts.Consent.EmergencyAccessReviewed.Justified ? EmergencyStatus.Justified : EmergencyStatus.Unjustified
    };

    public EmergencyAccess Apply(EmergencyReviewOverdue e) => this with { Overdue = true };

    public EmergencyAccess Apply(ClientInformed e) => this;

    public EmergencyAccess Apply(NotificationWanted e) => this;

    public EmergencyAccess Apply(EmergencyDisclosureMade e) => this with { Disclosures = [.. Disclosures, e.DisclosureId] };
}
