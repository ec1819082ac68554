using Clinic.Contracts;
using Clinic.Hosting;
using Clinic.Intake.Domain;
using Clinic.Messaging;

namespace Clinic.Intake.Service.Reactions;

/// <summary>P14: an erasure is complete when every service has answered.</summary>
internal static class WhenKeysDestroyed
{
    public static Task React(KeysDestroyed e, Reaction reaction, CancellationToken ct) => Handling.NoteKeysDestroyed(
        reaction.Scope(Handling.Service, TimeProvider.System), new NoteKeysDestroyed(e.ClientId, e.ErasureId, reaction.Producer, e.Keys), ct);
}
