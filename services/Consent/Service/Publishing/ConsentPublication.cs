using Clinic.Consent.Domain;
using Clinic.EventLog;
using Public = Clinic.Contracts.Consent;

namespace Clinic.Consent.Service.Publishing;

/// <summary>Stored event to public contract. Names, addresses, statements, signatures and reasons stay inside.</summary>
internal static class ConsentPublication
{
    public static object? Of(StoredEvent stored) => stored.Data switch
    {
        ConsentProposed e => new Public.ConsentProposed(e.ClientId, e.DirectiveId, e.DirectiveVersion, e.Document.Id, e.Document.Version, e.Document.Language, e.Scopes),
        ConsentGranted e => new Public.ConsentGranted(e.ClientId, e.DirectiveId, e.DirectiveVersion, e.Document.Id, e.Document.Version, e.Scopes, e.ValidFrom, e.ExpiresAt),
        ConsentRefused e => new Public.ConsentRefused(e.ClientId, e.DirectiveId, e.DirectiveVersion, e.Scopes),
        ConsentWithdrawn e => new Public.ConsentWithdrawn(e.ClientId, e.DirectiveId, e.DirectiveVersion, e.Scopes, e.EffectiveAt, e.Channel),
        RecipientRegistered e => new Public.RecipientRegistered(e.RecipientId),
        DisclosureRequested e => new Public.DisclosureRequested(e.DisclosureId, e.ClientId, e.RecipientId, e.Purpose, e.Categories, e.PeriodFrom, e.PeriodTo, e.LegalBasis),
        DisclosurePermitted e => new Public.DisclosurePermitted(e.DisclosureId, e.ClientId, e.RecipientId, e.DirectiveId, e.DirectiveVersion, e.PolicyVersion),
        DisclosureDenied e => new Public.DisclosureDenied(e.DisclosureId, e.ClientId, e.RecipientId, e.ReasonCode, e.PolicyVersion, e.DirectiveId, e.DirectiveVersion),
        DisclosureMade e => new Public.DisclosureMade(e.DisclosureId, e.ClientId, e.RecipientId, e.Purpose, e.LegalBasis, e.DirectiveId, e.DirectiveVersion,
            e.DocumentId, e.DocumentVersion, e.ContentHash, e.At),
        DisclosureRedacted e => new Public.DisclosureRedacted(e.DisclosureId, e.ClientId, e.RecipientId, e.Labels, e.DirectiveId, e.DirectiveVersion, e.PolicyVersion),
        DisclosureCancelled e => new Public.DisclosureCancelled(e.DisclosureId, e.ClientId, e.RecipientId, e.ReasonCode),
        DisclosureDelivered e => new Public.DisclosureDelivered(e.DisclosureId, e.ClientId, e.RecipientId, e.ContentHash),
        DisclosureDeliveryFailed e => new Public.DisclosureDeliveryFailed(e.DisclosureId, e.ClientId, e.RecipientId, e.ReasonCode),
        _ => null
    };
}
