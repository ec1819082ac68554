using Clinic.Audit.Domain;
using Clinic.Contracts.Audit;
using Clinic.Contracts.Messaging;
using Clinic.Hosting;

namespace Clinic.Audit;

/// <summary>Each command's line: its stream, its validator, its handler.</summary>
internal static class Handling
{
    public const string Service = "audit";

    public static Task<CommandAccepted> RaiseIncident(CommandScope scope, RaiseIncident command, CancellationToken ct) =>
        scope.Execute<RaiseIncident, Incident>(command, new RaiseIncidentValidator(), Incident.StreamId(command.IncidentId), RaiseIncidentAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> AssessBreach(CommandScope scope, AssessBreach command, CancellationToken ct) =>
        scope.Execute<AssessBreach, Incident>(command, new AssessBreachValidator(), Incident.StreamId(command.IncidentId), AssessBreachAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> RecordBreachNotice(CommandScope scope, RecordBreachNotice command, CancellationToken ct) =>
        scope.Execute<RecordBreachNotice, Incident>(command, new RecordBreachNoticeValidator(), Incident.StreamId(command.IncidentId), RecordBreachNoticeAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> CloseIncident(CommandScope scope, CloseIncident command, CancellationToken ct) =>
        scope.Execute<CloseIncident, Incident>(command, new CloseIncidentValidator(), Incident.StreamId(command.IncidentId), CloseIncidentAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> RaiseFinding(CommandScope scope, RaiseFinding command, CancellationToken ct) =>
        scope.Execute<RaiseFinding, Finding>(command, new RaiseFindingValidator(), Finding.StreamId(command.FindingId), RaiseFindingAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> RemediateFinding(CommandScope scope, RemediateFinding command, CancellationToken ct) =>
        scope.Execute<RemediateFinding, Finding>(command, new RemediateFindingValidator(), Finding.StreamId(command.FindingId), RemediateFindingAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> ReviewRemediation(CommandScope scope, ReviewRemediation command, CancellationToken ct) =>
        scope.Execute<ReviewRemediation, Finding>(command, new ReviewRemediationValidator(), Finding.StreamId(command.FindingId), ReviewRemediationAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> RecordRestoreTest(CommandScope scope, RecordRestoreTest command, CancellationToken ct) =>
        scope.Execute<RecordRestoreTest, RestoreTest>(command, new RecordRestoreTestValidator(), RestoreTest.StreamId(command.TestId), RecordRestoreTestAggregateHandler.Handle, ct);
}
