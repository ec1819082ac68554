using Clinic.Contracts;
using Clinic.Contracts.Audit;
using Clinic.Hosting.Access;

namespace Clinic.Audit;

/// <summary>Who may look at the trail, and who keeps the registers. The look is in the trail, too.</summary>
internal static class Access
{
    public static AccessTable Table { get; } = new(
        // whoever notices something must be able to say so, also when nobody can say who treats whom
        Allow.Command<RaiseIncident>(Roles.Therapist, Roles.PeerSupporter, Roles.Supervisor, Roles.Operator, Roles.Auditor).EvenWhenStale(),
        Allow.Command<AssessBreach>(Roles.Supervisor, Roles.Auditor),
        Allow.Command<RecordBreachNotice>(Roles.Supervisor, Roles.Auditor, Roles.Operator),
        Allow.Command<CloseIncident>(Roles.Supervisor, Roles.Auditor),
        Allow.Command<RaiseFinding>(Roles.Auditor),
        Allow.Command<RemediateFinding>(Roles.Operator, Roles.Supervisor),
        Allow.Command<ReviewRemediation>(Roles.Auditor),
        Allow.Command<RecordRestoreTest>(Roles.Operator, Roles.Auditor),

        Allow.Read("looks", Roles.Client),
        Allow.Read("trail", Roles.Auditor, Roles.Supervisor),
        Allow.Read("consent-timeline", Roles.Auditor, Roles.Supervisor),
        Allow.List("trail-by-practitioner", Roles.Auditor, Roles.Supervisor),
        Allow.List("trail-by-recipient", Roles.Auditor, Roles.Supervisor),
        Allow.List("disclosure-ledger", Roles.Auditor, Roles.Supervisor),
        Allow.List("break-glass", Roles.Auditor, Roles.Supervisor),
        Allow.List("failed-gates", Roles.Auditor, Roles.Supervisor),
        Allow.List("erasures", Roles.Auditor, Roles.Supervisor, Roles.Operator),
        Allow.List("trail-search", Roles.Auditor),
        Allow.List("trail-export", Roles.Auditor).StepUp(),
        Allow.List("incidents", Roles.Auditor, Roles.Supervisor, Roles.Operator),
        Allow.List("findings", Roles.Auditor, Roles.Supervisor, Roles.Operator),
        Allow.List("restore-tests", Roles.Auditor, Roles.Supervisor, Roles.Operator),
        Allow.List("logs", Roles.Auditor, Roles.Supervisor, Roles.Operator),
        Allow.List("cross-check", Roles.Auditor, Roles.Supervisor, Roles.Operator));
}
