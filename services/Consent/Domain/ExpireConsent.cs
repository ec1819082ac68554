using Clinic.Contracts;
using Clinic.Contracts.Consent;
using Trigger = Clinic.Contracts.Consent.ConsentExpired;

namespace Clinic.Consent.Domain;

/// <summary>A deadline's own command: what has run out by now is said to have.</summary>
public sealed record ExpireConsent(string ClientId, string DirectiveId);

public static class ExpireConsentAggregateHandler
{
    public static object[] Handle(ExpireConsent command, ClientConsents? state, Actor by, DateTimeOffset now) =>
        // An end that was announced for later does not keep it from running out.
        state?.Find(command.DirectiveId) is { Status: DirectiveStatus.Active or DirectiveStatus.Withdrawn or DirectiveStatus.Superseded, ExpiresAt: { } end } directive
        && end <= now && !directive.IsWithdrawnAt(end) && !directive.IsEndedAt(end)
            ? [new ConsentExpired(command.ClientId, directive.Id, directive.Version + 1, directive.Scopes, Trigger.Date, end)]
            : [];
}
