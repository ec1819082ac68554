using Clinic.Contracts;
using Clinic.Contracts.Consent;
using FluentValidation;
using Trigger = Clinic.Contracts.Consent.ConsentExpired;

namespace Clinic.Consent.Domain;

public sealed class ReportExpiryEventValidator : AbstractValidator<ReportExpiryEvent>
{
    public ReportExpiryEventValidator()
    {
        RuleFor(c => c.ClientId).MustBeId();
        RuleFor(c => c.EventCode).MustBeCode();
    }
}

public static class ReportExpiryEventAggregateHandler
{
    public static object[] Handle(ReportExpiryEvent command, ClientConsents? state, Actor by, DateTimeOffset now) =>
    [
        .. (state?.Directives ?? []).Where(d => d.ExpiryEvent == command.EventCode && d.HoldsNowOrLater(now))
            .Select(d => new ConsentExpired(command.ClientId, d.Id, d.Version + 1, d.Scopes, Trigger.Event, now))
    ];
}
