using Clinic.Consent.Domain;
using Clinic.Contracts.Notifications;
using Clinic.EventLog;
using Public = Clinic.Contracts.Consent;

namespace Clinic.Consent.Service.Publishing;

/// <summary>Stored event to public contract. Names, addresses, statements, signatures and reasons stay inside,
/// and so do the labels of what was left out: the recipient's own system hears these events.</summary>
internal static class ConsentPublication
{
    public static object? Of(StoredEvent stored) => stored.Data switch
    {
        ConsentProposed e => new Public.ConsentProposed(e.ClientId, e.DirectiveId, e.DirectiveVersion, e.Document.Id, e.Document.Version, e.Document.Language, Said(e.Scopes)),
        ConsentGranted e => new Public.ConsentGranted(e.ClientId, e.DirectiveId, e.DirectiveVersion, e.Document.Id, e.Document.Version, Said(e.Scopes), e.ValidFrom, e.ExpiresAt, e.ExpiryEvent),
        ConsentRefused e => new Public.ConsentRefused(e.ClientId, e.DirectiveId, e.DirectiveVersion, Said(e.Scopes)),
        ConsentWithdrawn e => new Public.ConsentWithdrawn(e.ClientId, e.DirectiveId, e.DirectiveVersion, Said(e.Scopes), e.EffectiveAt, e.Channel),
        ConsentExpired e => new Public.ConsentExpired(e.ClientId, e.DirectiveId, e.DirectiveVersion, Said(e.Scopes), e.Trigger, e.EffectiveAt),
        ConsentSuperseded e => new Public.ConsentSuperseded(e.ClientId, e.DirectiveId, e.DirectiveVersion, Said(e.Scopes), e.By, e.EffectiveAt),
        ConsentEnteredInError e => new Public.ConsentEnteredInError(e.ClientId, e.DirectiveId, e.DirectiveVersion, Said(e.Scopes)),
        ConsentReaffirmed e => new Public.ConsentReaffirmed(e.ClientId, e.DirectiveId, e.DirectiveVersion, Said(e.Scopes)),
        ProxyAuthorityRecorded e => new Public.ProxyAuthorityRecorded(e.ClientId, e.AuthorityId, e.ProxyId, e.Kind, e.ScopeLimit),
        ProxyAuthorityEnded e => new Public.ProxyAuthorityEnded(e.ClientId, e.AuthorityId, e.ProxyId, e.ReasonCode, e.EffectiveAt),
        RestrictionRequested e => new Public.RestrictionRequested(e.RestrictionId, e.ClientId),
        RestrictionDecided e => new Public.RestrictionDecided(e.RestrictionId, e.ClientId, e.Agreed, e.Basis),
        RestrictionEnded e => new Public.RestrictionEnded(e.RestrictionId, e.ClientId),
        RestrictionTerminated e => new Public.RestrictionTerminated(e.RestrictionId, e.ClientId, e.RestrictedUntil),
        DocumentPublished e => new Public.DocumentPublished(e.DocumentId, e.DocumentVersion, e.Language, e.ContentHash, e.DocumentType,
            [.. e.Passages.Select(p => p.Element).Distinct()]),
        DocumentRetired e => new Public.DocumentRetired(e.DocumentId, e.DocumentVersion, e.Language),
        RecipientRegistered e => new Public.RecipientRegistered(e.RecipientId),
        ParticipantReported e => new Public.ParticipantReported(e.RecipientId, e.ParticipantId, e.Since, e.Until),
        OnwardDisclosureReported e => new Public.OnwardDisclosureReported(e.OnwardId, e.ClientId, e.RecipientId, e.ParticipantId, e.At, e.ReasonCode),
        DisclosureRequested e => new Public.DisclosureRequested(e.DisclosureId, e.ClientId, e.RecipientId, e.Purpose, e.Categories, e.PeriodFrom, e.PeriodTo, e.LegalBasis),
        DisclosureApproved e => new Public.DisclosureApproved(e.DisclosureId, e.ClientId, e.RecipientId, e.Approver),
        DisclosurePermitted e => new Public.DisclosurePermitted(e.DisclosureId, e.ClientId, e.RecipientId, e.DirectiveId, e.DirectiveVersion, e.PolicyVersion),
        DisclosureDenied e => new Public.DisclosureDenied(e.DisclosureId, e.ClientId, e.RecipientId, e.ReasonCode, e.PolicyVersion, e.DirectiveId, e.DirectiveVersion),
        DisclosureMade e => new Public.DisclosureMade(e.DisclosureId, e.ClientId, e.RecipientId, e.Purpose, e.LegalBasis, e.DirectiveId, e.DirectiveVersion,
            e.DocumentId, e.DocumentVersion, e.ContentHash, e.At),
        DisclosureRedacted e => new Public.DisclosureRedacted(e.DisclosureId, e.ClientId, e.RecipientId, [], e.DirectiveId, e.DirectiveVersion, e.PolicyVersion),
        DisclosureCancelled e => new Public.DisclosureCancelled(e.DisclosureId, e.ClientId, e.RecipientId, e.ReasonCode),
        DisclosureDelivered e => new Public.DisclosureDelivered(e.DisclosureId, e.ClientId, e.RecipientId, e.ContentHash),
        DisclosureDeliveryFailed e => new Public.DisclosureDeliveryFailed(e.DisclosureId, e.ClientId, e.RecipientId, e.ReasonCode),
        DisclosureFlagged e => new Public.DisclosureFlagged(e.DisclosureId, e.ClientId, e.RecipientId, e.DirectiveId, e.ReasonCode, e.Since),
        ConsentStatusTold e => new Public.ConsentStatusTold(e.AskId, e.ClientId, e.DirectiveId, e.DirectiveVersion, e.Status, e.Holds, e.At),
        DisclosureStatusTold e => new Public.DisclosureStatusTold(e.AskId, e.DisclosureId, e.ClientId, e.RecipientId, e.Status),
        EmergencyUserAuthorised e => new Public.EmergencyUserAuthorised(e.UserId),
        EmergencyUserRevoked e => new Public.EmergencyUserRevoked(e.UserId),
        EmergencyAccessGranted e => new Public.EmergencyAccessGranted(e.AccessId, e.ClientId, e.UserId, e.ReasonCode, e.ExpiresAt),
        EmergencyAccessDenied e => new Public.EmergencyAccessDenied(e.AccessId, e.ClientId, e.UserId, e.DenialCode),
        EmergencyAccessClosed e => new Public.EmergencyAccessClosed(e.AccessId, e.ClientId, e.Trigger, e.ReviewDueAt),
        EmergencyAccessReviewed e => new Public.EmergencyAccessReviewed(e.AccessId, e.ClientId, e.Reviewer, e.Outcome, !e.InformingIsHarmful),
        EmergencyReviewOverdue e => new Public.EmergencyReviewOverdue(e.AccessId, e.ClientId, e.DueAt),
        ClientInformed e => new Public.ClientInformed(e.AccessId, e.ClientId),
        NotificationWanted e => new NotificationRequested(e.NotificationId, e.Recipient, NotificationChannels.InApp, e.Template, e.Language, e.NotAfter, e.ClientId, e.AccessId),
        EmergencyDisclosureMade e => new Public.EmergencyDisclosureMade(e.DisclosureId, e.ClientId, e.AccessId, e.At),
        AccountingRequested e => new Public.AccountingRequested(e.RequestId, e.ClientId, e.Regime, e.DueAt, e.FeeApplies),
        AccountingFeeAccepted e => new Public.AccountingFeeAccepted(e.RequestId, e.ClientId),
        AccountingIssued e => new Public.AccountingIssued(e.RequestId, e.ClientId, e.Regime, e.Entries, e.ContentHash),
        AccountingExtended e => new Public.AccountingExtended(e.RequestId, e.ClientId, e.DueAt),
        AccountingOverdue e => new Public.AccountingOverdue(e.RequestId, e.ClientId, e.DueAt),
        AccountingSuspended e => new Public.AccountingSuspended(e.SuspensionId, e.ClientId, e.AgencyId, e.Written, e.Until),
        AccessRequested e => new Public.AccessRequested(e.RequestId, e.ClientId, e.Categories, e.DueAt),
        AccessExtended e => new Public.AccessExtended(e.RequestId, e.ClientId, e.DueAt),
        AccessProvided e => new Public.AccessProvided(e.RequestId, e.ClientId, e.ContentHash),
        AccessOverdue e => new Public.AccessOverdue(e.RequestId, e.ClientId, e.DueAt),
        AmendmentRequested e => new Public.AmendmentRequested(e.AmendmentId, e.ClientId, e.Category, e.DueAt),
        AmendmentExtended e => new Public.AmendmentExtended(e.AmendmentId, e.ClientId, e.DueAt),
        AmendmentOverdue e => new Public.AmendmentOverdue(e.AmendmentId, e.ClientId, e.DueAt),
        AmendmentDecided e => new Public.AmendmentDecided(e.AmendmentId, e.ClientId, e.Accepted, e.Basis),
        DisagreementStated e => new Public.DisagreementStated(e.AmendmentId, e.ClientId),
        _ => null
    };

    /// <summary>
    /// What systems and services need of scopes: what may be done. What is labelled says what a client is treated for, and every system of
    /// the clinic hears this (ADR 24): permits carry no labels, and what is about labels alone is left out.
    /// </summary>
    private static Public.ConsentScope[] Said(Public.ConsentScope[] scopes) =>
    [
        .. scopes.Where(s => s.Kind != Public.ScopeKinds.SudCounselingNotes && s.Disclosure is not { Denies: true, Sensitivity.Length: > 0 })
            .Select(s => s.Disclosure is { Sensitivity.Length: > 0 } labelled ? s with { Disclosure = labelled with { Sensitivity = [] } } : s)
    ];
}
