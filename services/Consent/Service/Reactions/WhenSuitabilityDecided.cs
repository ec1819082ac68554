using Clinic.Consent.Domain;
using Clinic.Contracts.Consent;
using Clinic.Contracts.Intake;
using Clinic.Hosting;
using Clinic.Messaging;

namespace Clinic.Consent.Service.Reactions;

/// <summary>P1: a client found suitable for online care is asked for consent to it, in the client's language. One proposal per decision.</summary>
internal static class WhenSuitabilityDecided
{
    public static async Task React(SuitabilityDecided e, Reaction reaction, CancellationToken ct)
    {
        if (e.Decision == SuitabilityDecisions.NotSuitable || e.Modalities.Length == 0) return;
        var (scope, tenant) = (reaction.Scope(Handling.Service, TimeProvider.System), reaction.Message.Tenant);
        // the first client of a clinic brings the shipped text along, unless the clinic has one of its own
        async Task<ConsentDocument?> Document() => (await reaction.Store.Load<ConsentDocument>(tenant, ConsentDocument.StreamId(CarePack.DocumentId), default, ct)).State;
        if (await Document() is null) await Handling.PublishDocument(scope, CarePack.Shipped, ct);
        var document = (await Document())!;
        var language = (await reaction.Store.Load<ClientConsents>(tenant, ClientConsents.StreamId(e.ClientId), default, ct)).State?.Language;
        if (CarePack.Choose(document, language) is not { } text) return;
        await Handling.ProposeConsent(scope,
            // the deciding event's id: told twice it proposes once, decided again it proposes anew
            new ProposeConsent(e.ClientId, $"care-{reaction.Message.Id}", text.Reference, CarePack.Scopes(e.Modalities)), ct);
    }
}
