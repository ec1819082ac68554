using Clinic.Contracts.Consent;
using Clinic.Feedback.Domain;
using Clinic.Hosting;
using Clinic.Messaging;

namespace Clinic.Feedback.Service.Reactions;

/// <summary>
/// P3: without consent to treatment rule sets fall silent and what waits to be sent is called off; safety goes on. Several directives
/// may permit treatment, and each may end in its own way, some at an instant ahead.
/// </summary>
internal sealed class WhenConsentChanges(Handling handle)
{
    public Task Granted(ConsentGranted e, Reaction reaction, CancellationToken ct) => IsTreatment(e.Scopes)
        ? handle.Permit(Scope(reaction), new Permit(e.ClientId, e.DirectiveId, e.DirectiveVersion), ct)
        : Task.CompletedTask;

    public Task Withdrawn(ConsentWithdrawn e, Reaction reaction, CancellationToken ct) =>
        Ended(e.ClientId, e.DirectiveId, e.DirectiveVersion, e.Scopes, e.EffectiveAt, reaction, ct);

    public Task Expired(ConsentExpired e, Reaction reaction, CancellationToken ct) =>
        Ended(e.ClientId, e.DirectiveId, e.DirectiveVersion, e.Scopes, e.EffectiveAt, reaction, ct);

    public Task Superseded(ConsentSuperseded e, Reaction reaction, CancellationToken ct) =>
        Ended(e.ClientId, e.DirectiveId, e.DirectiveVersion, e.Scopes, e.EffectiveAt, reaction, ct);

    public Task EnteredInError(ConsentEnteredInError e, Reaction reaction, CancellationToken ct) => Ended(e.ClientId, e.DirectiveId, e.DirectiveVersion, e.Scopes, null, reaction, ct);

    private Task Ended(string clientId, string directiveId, int version, ConsentScope[] scopes, DateTimeOffset? effectiveAt, Reaction reaction, CancellationToken ct) => IsTreatment(scopes)
        ? handle.EndPermit(Scope(reaction), new EndPermit(clientId, directiveId, version, effectiveAt), ct)
        : Task.CompletedTask;

    private static bool IsTreatment(ConsentScope[] scopes) => scopes.Any(scope => scope.Kind == ScopeKinds.Treatment);

    private static CommandScope Scope(Reaction reaction) => reaction.Scope(Handling.Service, TimeProvider.System);
}
