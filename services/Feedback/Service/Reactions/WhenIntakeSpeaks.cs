using Clinic.Contracts.Intake;
using Clinic.Feedback.Domain;
using Clinic.Hosting;
using Clinic.Messaging;

namespace Clinic.Feedback.Service.Reactions;

/// <summary>Age band, language and region decide how a score is judged, and how and with which crisis numbers a client is told.</summary>
internal static class WhenIntakeSpeaks
{
    public static Func<ClientRegistered, Reaction, CancellationToken, Task> Registered(Handling handle) => (e, reaction, ct) => handle.NoteClient(
        reaction.Scope(Handling.Service, TimeProvider.System),
        new NoteClient(e.ClientId, e.AgeBand, e.Language, e.Region, reaction.Producer, reaction.Message.Sequence), ct);
}
