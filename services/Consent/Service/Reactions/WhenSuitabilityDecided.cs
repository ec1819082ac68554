using Clinic.Contracts.Consent;
using Clinic.Contracts.Intake;
using Clinic.Hosting;
using Clinic.Messaging;

namespace Clinic.Consent.Service.Reactions;

/// <summary>P1: a client found suitable for online care is asked for consent to it. One proposal per decision.</summary>
internal static class WhenSuitabilityDecided
{
    public static async Task React(SuitabilityDecided e, Reaction reaction, CancellationToken ct)
    {
        if (e.Decision == SuitabilityDecisions.NotSuitable || e.Modalities.Length == 0) return;
        await Handling.ProposeConsent(reaction.Scope(Handling.Service, TimeProvider.System),
            // the deciding event's id: told twice it proposes once, decided again it proposes anew
            new ProposeConsent(e.ClientId, $"care-{reaction.Message.Id}", CarePack.Document, CarePack.Scopes(e.Modalities)), ct);
    }
}
