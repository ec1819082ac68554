using Clinic.Contracts;
using Clinic.Contracts.Consent;
using FluentValidation;

namespace Clinic.Consent.Domain;

public sealed class RecordProxyAuthorityValidator : AbstractValidator<RecordProxyAuthority>
{
    public RecordProxyAuthorityValidator()
    {
        RuleFor(c => c.ClientId).MustBeId();
        RuleFor(c => c.AuthorityId).MustBeId();
        RuleFor(c => c.ProxyId).MustBeId();
        RuleFor(c => c.Kind).MustBeOneOf(ProxyKinds.All);
        RuleFor(c => c.EvidenceHash).MustBeHash();
        RuleFor(c => c.ScopeLimit).MustHaveLength(0, 20);
        RuleForEach(c => c.ScopeLimit).MustBeOneOf(ScopeKinds.All);
        RuleFor(c => c.ComesOfAgeOn).NotNull().When(c => c.Kind == ProxyKinds.Guardian).WithMessage("is needed: a guardian's authority ends with majority");
        RuleFor(c => c.ComesOfAgeOn).Null().When(c => c.Kind != ProxyKinds.Guardian);
        RuleFor(c => c.ComesOfAgeOn).Must(day => FieldRules.IsSane(day!.Value)).When(c => c.ComesOfAgeOn is not null).WithMessage(FieldRules.Insane);
        RuleFor(c => c.TimeZone).Must(zone => zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)).When(c => c.ComesOfAgeOn is not null)
            .WithMessage("must be an IANA time zone such as Europe/Berlin");
        RuleFor(c => c.ValidTo).Must(at => FieldRules.IsSane(at!.Value)).When(c => c.ValidTo is not null).WithMessage(FieldRules.Insane);
    }
}

public static class RecordProxyAuthorityAggregateHandler
{
    public static object[] Handle(RecordProxyAuthority command, ClientConsents? state, Actor by, DateTimeOffset now)
    {
        if (command.ProxyId == command.ClientId)
            throw new RuleViolation("proxy_is_client", "Nobody is a proxy of their own.", "proxyId");
        var (endsAt, reason) = End(command);
        if (state?.Authority(command.AuthorityId) is { } known)
            return known.ProxyId == command.ProxyId && known.Kind == command.Kind && known.ScopeLimit.SequenceEqual(command.ScopeLimit)
                    && (known.EvidenceHash, known.RecordedEnd, known.EndReason, known.TimeZone) == (command.EvidenceHash, endsAt, reason, command.TimeZone)
                ? []
                : throw new RuleViolation("authority_exists", "An authority never changes; end it and record another.", "authorityId");
        if (endsAt <= now)
            throw new RuleViolation("authority_over", "This authority has ended already.", reason == "majority" ? "comesOfAgeOn" : "validTo");
        return
        [
            new ProxyAuthorityRecorded(
                command.ClientId, command.AuthorityId, command.ProxyId, command.Kind, command.EvidenceHash, command.ScopeLimit, endsAt, reason,
                command.TimeZone)
        ];
    }

    /// <summary>Majority begins with its day, where the client lives; a date given may come earlier.</summary>
    private static (DateTimeOffset? EndsAt, string Reason) End(RecordProxyAuthority command)
    {
        if (command.ComesOfAgeOn is not { } day) return (command.ValidTo?.ToUniversalTime(), "expired");
        var majority = Midnight(day, TimeZoneInfo.FindSystemTimeZoneById(command.TimeZone!));
        return command.ValidTo < majority ? (command.ValidTo?.ToUniversalTime(), "expired") : (majority, "majority");
    }

    /// <summary>The first instant of a local day: where clocks go forward at midnight, that is not 00:00.</summary>
    public static DateTimeOffset Midnight(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(local)) local = local.AddMinutes(1);
        // Where it comes twice, the first.
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
