using Clinic.Contracts;
using Clinic.Contracts.Consent;
using Trigger = Clinic.Contracts.Consent.ConsentExpired;

namespace Clinic.Consent.Domain;

/// <summary>A deadline's own command: what the client has not reaffirmed in time ends.</summary>
public sealed record EndUnaffirmed(string ClientId, string AuthorityId);

public static class EndUnaffirmedAggregateHandler
{
    public static object[] Handle(EndUnaffirmed command, ClientConsents? state, Actor by, DateTimeOffset now) =>
        state?.Authority(command.AuthorityId) is { Ended: true, ReaffirmBy: { } due } && due <= now
            ?
            [
                .. state.Directives.Where(d => d.AuthorityId == command.AuthorityId && !d.Forbids && d.HoldsNowOrLater(now))
                    .Select(d => new ConsentExpired(command.ClientId, d.Id, d.Version + 1, d.Scopes, Trigger.NotReaffirmed, due))
            ]
            : [];
}
