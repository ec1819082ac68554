using Clinic.Contracts;
using Clinic.Contracts.Audit;
using FluentValidation;

namespace Clinic.Audit.Domain;

public sealed class RecordBreachNoticeValidator : AbstractValidator<RecordBreachNotice>
{
    public RecordBreachNoticeValidator()
    {
        RuleFor(c => c.IncidentId).IsId();
        RuleFor(c => c.Regime).IsOneOf(AuditCodes.Regimes);
        RuleFor(c => c.NotifiedAt).IsSane();
        RuleFor(c => c.Reference).IsCode();
    }
}

public static class RecordBreachNoticeAggregateHandler
{
    public static object[] Handle(RecordBreachNotice command, Incident? state, Actor by, DateTimeOffset now)
    {
        if (state is null) throw Rules.Unknown("incident", "incidentId");
        if (command.NotifiedAt > now) throw new RuleViolation("notified_in_future", "A notice cannot have been given in the future.", "notifiedAt");
        if (state.Told.Contains(command.Regime)) return [];
        return state.Notices.FirstOrDefault(n => n.Regime == command.Regime) is { } due
            ? [new BreachNoticeGiven(command.IncidentId, command.Regime, command.NotifiedAt, command.Reference, command.NotifiedAt > due.DueAt)]
            : throw new RuleViolation("notice_not_due", "No notice is due under this law.", "regime");
    }
}
