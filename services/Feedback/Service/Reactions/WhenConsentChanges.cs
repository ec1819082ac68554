using Clinic.Contracts.Consent;
using Clinic.Feedback.Domain;
using Clinic.Hosting;
using Clinic.Messaging;

namespace Clinic.Feedback.Service.Reactions;

/// <summary>P3: without consent to treatment rule sets fall silent and what waits to be sent is called off; safety goes on.</summary>
internal sealed class WhenConsentChanges(Handling handle)
{
    public Task Granted(ConsentGranted e, Reaction reaction, CancellationToken ct) => IsTreatment(e.Scopes)
        ? handle.ResumeCare(Scope(reaction), new ResumeCare(e.ClientId), ct)
        : Task.CompletedTask;

    public Task Withdrawn(ConsentWithdrawn e, Reaction reaction, CancellationToken ct) => IsTreatment(e.Scopes)
        ? handle.StopCare(Scope(reaction), new StopCare(e.ClientId, Consent: true), ct)
        : Task.CompletedTask;

    private static bool IsTreatment(ConsentScope[] scopes) => scopes.Any(scope => scope.Kind == ScopeKinds.Treatment);

    private static CommandScope Scope(Reaction reaction) => reaction.Scope(Handling.Service, TimeProvider.System);
}
