using Clinic.Contracts.Consent;
using Clinic.Hosting;
using Clinic.Intake.Domain;
using Clinic.Messaging;

namespace Clinic.Intake.Service.Reactions;

/// <summary>P1: a refusal of treatment online is answered with other ways; a refused disclosure is nobody's business here.</summary>
internal static class WhenConsentRefused
{
    public static async Task React(ConsentRefused e, Reaction reaction, CancellationToken ct)
    {
        if (e.Scopes.Any(scope => scope.Kind == ScopeKinds.Treatment))
            await Handling.NoteRefusal(reaction.Scope(Handling.Service, TimeProvider.System), new NoteRefusal(e.ClientId, e.DirectiveId), ct);
    }
}
