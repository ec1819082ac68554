using Clinic.Contracts.Consent;
using Clinic.Hosting;
using Clinic.Intake.Domain;
using Clinic.Messaging;

namespace Clinic.Intake.Service.Reactions;

/// <summary>Whoever is told of a diagnosis must be found again when it turns out wrong.</summary>
internal static class WhenDisclosureMade
{
    public static Task React(DisclosureMade e, Reaction reaction, CancellationToken ct) => Handling.NoteDisclosure(
        reaction.Scope(Handling.Service, TimeProvider.System), new NoteDisclosure(e.ClientId, e.DisclosureId, e.RecipientId, e.At), ct);
}
