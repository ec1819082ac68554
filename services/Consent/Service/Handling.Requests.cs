using Clinic.Consent.Domain;
using Clinic.Contracts.Consent;
using Clinic.Contracts.Messaging;
using Clinic.Hosting;

namespace Clinic.Consent.Service;

internal static partial class Handling
{
    public static Task<CommandAccepted> RequestAccounting(CommandScope scope, RequestAccounting command, CancellationToken ct) =>
        scope.Execute<RequestAccounting, Accountings>(command, new RequestAccountingValidator(), Accountings.StreamId(command.ClientId),
            RequestAccountingAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> AcceptAccountingFee(CommandScope scope, AcceptAccountingFee command, CancellationToken ct) =>
        scope.Execute<AcceptAccountingFee, Accountings>(command, new AcceptAccountingFeeValidator(), Accountings.StreamId(command.ClientId),
            AcceptAccountingFeeAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> SuspendAccounting(CommandScope scope, SuspendAccounting command, CancellationToken ct) =>
        scope.Execute<SuspendAccounting, Accountings>(command, new SuspendAccountingValidator(), Accountings.StreamId(command.ClientId),
            SuspendAccountingAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> IssueAccounting(CommandScope scope, IssueAccounting command, CancellationToken ct) =>
        scope.Execute<IssueAccounting, Accountings>(command, null, Accountings.StreamId(command.ClientId),
            IssueAccountingAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> ExtendAccounting(CommandScope scope, ExtendAccounting command, CancellationToken ct) =>
        scope.Execute<ExtendAccounting, Accountings>(command, new ExtendAccountingValidator(), Accountings.StreamId(command.ClientId),
            ExtendAccountingAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> NoteAccountingOverdue(CommandScope scope, NoteAccountingOverdue command, CancellationToken ct) =>
        scope.Execute<NoteAccountingOverdue, Accountings>(command, null, Accountings.StreamId(command.ClientId),
            NoteAccountingOverdueAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> RequestAccess(CommandScope scope, RequestAccess command, CancellationToken ct) =>
        scope.Execute<RequestAccess, AccessRequest>(command, new RequestAccessValidator(), AccessRequest.StreamId(command.RequestId),
            RequestAccessAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> ExtendAccess(CommandScope scope, ExtendAccess command, CancellationToken ct) =>
        scope.Execute<ExtendAccess, AccessRequest>(command, new ExtendAccessValidator(), AccessRequest.StreamId(command.RequestId),
            ExtendAccessAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> ProvideAccess(CommandScope scope, ProvideAccess command, CancellationToken ct) =>
        scope.Execute<ProvideAccess, AccessRequest>(command, new ProvideAccessValidator(), AccessRequest.StreamId(command.RequestId),
            ProvideAccessAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> NoteAccessOverdue(CommandScope scope, NoteAccessOverdue command, CancellationToken ct) =>
        scope.Execute<NoteAccessOverdue, AccessRequest>(command, null, AccessRequest.StreamId(command.RequestId),
            NoteAccessOverdueAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> RequestAmendment(CommandScope scope, RequestAmendment command, CancellationToken ct) =>
        scope.Execute<RequestAmendment, Amendment>(command, new RequestAmendmentValidator(), Amendment.StreamId(command.AmendmentId),
            RequestAmendmentAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> ExtendAmendment(CommandScope scope, ExtendAmendment command, CancellationToken ct) =>
        scope.Execute<ExtendAmendment, Amendment>(command, new ExtendAmendmentValidator(), Amendment.StreamId(command.AmendmentId),
            ExtendAmendmentAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> NoteAmendmentOverdue(CommandScope scope, NoteAmendmentOverdue command, CancellationToken ct) =>
        scope.Execute<NoteAmendmentOverdue, Amendment>(command, null, Amendment.StreamId(command.AmendmentId),
            NoteAmendmentOverdueAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> DecideAmendment(CommandScope scope, DecideAmendment command, CancellationToken ct) =>
        scope.Execute<DecideAmendment, Amendment>(command, new DecideAmendmentValidator(), Amendment.StreamId(command.AmendmentId),
            DecideAmendmentAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> StateDisagreement(CommandScope scope, StateDisagreement command, CancellationToken ct) =>
        scope.Execute<StateDisagreement, Amendment>(command, new StateDisagreementValidator(), Amendment.StreamId(command.AmendmentId),
            StateDisagreementAggregateHandler.Handle, ct);
}
