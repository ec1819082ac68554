using Clinic.Contracts.Feedback;
using Clinic.Contracts.Messaging;
using Clinic.Feedback.Domain;
using Clinic.Hosting;

namespace Clinic.Feedback.Service;

/// <summary>Each command's line: its stream, its validator, its handler.</summary>
internal static class Handling
{
    public const string Service = "feedback";

    public static Task<CommandAccepted> SubmitMeasure(CommandScope scope, SubmitMeasure command, CancellationToken ct) =>
        scope.Execute<SubmitMeasure, InstrumentResponse>(command, new SubmitMeasureValidator(), InstrumentResponse.StreamId(command.ResponseId),
            SubmitMeasureAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> AcknowledgeAlert(CommandScope scope, AcknowledgeAlert command, CancellationToken ct) =>
        scope.Execute<AcknowledgeAlert, AlertCase>(command, new AcknowledgeAlertValidator(), AlertCase.StreamId(command.AlertId),
            AcknowledgeAlertAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> ResolveAlert(CommandScope scope, ResolveAlert command, CancellationToken ct) =>
        scope.Execute<ResolveAlert, AlertCase>(command, new ResolveAlertValidator(), AlertCase.StreamId(command.AlertId),
            ResolveAlertAggregateHandler.Handle, ct);
}
