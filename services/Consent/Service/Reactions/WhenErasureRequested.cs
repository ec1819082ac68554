using Clinic.Contracts.Intake;
using Clinic.Hosting;
using Clinic.Hosting.Erasing;
using Clinic.Messaging;

namespace Clinic.Consent.Service.Reactions;

/// <summary>P14: nothing speaks against it any more, so this service's keys for the client die.</summary>
internal static class WhenErasureRequested
{
    public static Task React(ErasureRequested e, Reaction reaction, CancellationToken ct) => Erasures.Begin(
        reaction.Scope(Handling.Service, TimeProvider.System), e.ClientId, e.ErasureId, e.DataClasses, ct);
}
