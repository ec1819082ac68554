using Clinic.Contracts;
using Clinic.Contracts.Audit;
using FluentValidation;

namespace Clinic.Audit.Domain;

public sealed class AssessBreachValidator : AbstractValidator<AssessBreach>
{
    public AssessBreachValidator()
    {
        RuleFor(c => c.IncidentId).IsId();
        RuleFor(c => c.Assessment).IsOneOf(AuditCodes.Assessments);
        RuleFor(c => c.AffectedClients).InclusiveBetween(0, 10_000_000);
        RuleForEach(c => c.Regimes).IsOneOf(AuditCodes.Regimes);
        RuleFor(c => c.Regimes).Must(regimes => regimes.Distinct().Count() == regimes.Length).WithMessage("names a law once");
        RuleFor(c => c.Regimes).Must(regimes => regimes.Length > 0).When(c => c.Assessment == AuditCodes.Breach).WithMessage("a breach falls under at least one");
        RuleFor(c => c.Regimes).Must(regimes => regimes.Length == 0).When(c => c.Assessment != AuditCodes.Breach).WithMessage("only a breach must be told");
    }
}

public static class AssessBreachAggregateHandler
{
    /// <summary>45 CFR 164.404(b).</summary>
    public static readonly TimeSpan Hipaa = TimeSpan.FromDays(60);

    /// <summary>GDPR article 33(1).</summary>
    public static readonly TimeSpan Gdpr = TimeSpan.FromHours(72);

    public static object[] Handle(AssessBreach command, Incident? state, Actor by, DateTimeOffset now)
    {
        if (state is null) throw Rules.Unknown("incident", "incidentId");
        if (state.Closed) throw new RuleViolation("incident_closed", "The incident is closed.", "incidentId");
        // terms run from the discovery, not from the assessment: a late one does not lengthen them
        var notices = command.Regimes.Select(regime => new NoticeDue(regime, state.Raised.DiscoveredAt + (regime == AuditCodes.Hipaa ? Hipaa : Gdpr))).ToArray();
        return state.Assessment is { } known && known.Assessment == command.Assessment && known.AffectedClients == command.AffectedClients && known.Notices.SequenceEqual(notices)
            ? []
            : [new BreachAssessed(command.IncidentId, command.Assessment, command.AffectedClients, notices, by.Id)];
    }
}
