using Clinic.Contracts;
using Clinic.Contracts.Consent;
using FluentValidation;

namespace Clinic.Consent.Domain;

public sealed class EndProxyAuthorityValidator : AbstractValidator<EndProxyAuthority>
{
    public EndProxyAuthorityValidator()
    {
        RuleFor(c => c.ClientId).MustBeId();
        RuleFor(c => c.AuthorityId).MustBeId();
        RuleFor(c => c.ReasonCode).MustBeOneOf(["revoked", "withdrawn-by-client", "entered-in-error"]);
    }
}

public static class EndProxyAuthorityAggregateHandler
{
    public static object[] Handle(EndProxyAuthority command, ClientConsents? state, Actor by, DateTimeOffset now)
    {
        var authority = state?.Authority(command.AuthorityId)
            ?? throw new RuleViolation("authority_unknown", "Nobody has recorded this authority.", "authorityId");
        // Ended late it ends when it ended: an end never moves away.
        var at = authority.EndsAt < now ? authority.EndsAt.Value : now;
        return authority.Ended
            ? []
            :
            [
                new ProxyAuthorityEnded(
                    command.ClientId, authority.Id, authority.ProxyId, command.ReasonCode, at, at + ConsentPolicy.ReaffirmWithin)
            ];
    }
}
