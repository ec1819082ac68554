using Clinic.Contracts;
using Clinic.Contracts.Consent;

namespace Clinic.Consent.Domain;

/// <summary>A deadline's own command: an authority whose end has come is said to have ended, P12.</summary>
public sealed record LapseProxyAuthority(string ClientId, string AuthorityId);

public static class LapseProxyAuthorityAggregateHandler
{
    public static object[] Handle(LapseProxyAuthority command, ClientConsents? state, Actor by, DateTimeOffset now) =>
        state?.Authority(command.AuthorityId) is { Ended: false, EndsAt: { } end } authority && end <= now
            ? [new ProxyAuthorityEnded(command.ClientId, authority.Id, authority.ProxyId, authority.EndReason, end, end + ConsentPolicy.ReaffirmWithin)]
            : [];
}
