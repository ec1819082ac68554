using Clinic.Consent.Domain;
using Clinic.Contracts.Intake;
using Clinic.Hosting;
using Clinic.Messaging;

namespace Clinic.Consent.Service.Reactions;

/// <summary>How long the clinic keeps what, for the register of processing.</summary>
internal static class WhenRetentionIsSet
{
    public static Task React(RetentionSet e, Reaction reaction, CancellationToken ct) =>
        Handling.NoteRetention(reaction.Scope(Handling.Service, TimeProvider.System), new NoteRetention(e.DataClass, e.KeepDays), ct);
}
