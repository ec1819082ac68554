using Clinic.Consent.Domain;
using Clinic.Contracts.Consent;
using Clinic.Contracts.Messaging;
using Clinic.Hosting;

namespace Clinic.Consent.Service;

internal static partial class Handling
{
    public static Task<CommandAccepted> ReportParticipant(CommandScope scope, ReportParticipant command, CancellationToken ct) =>
        scope.Execute<ReportParticipant, Recipient>(command, new ReportParticipantValidator(), Recipient.StreamId(command.IntermediaryId),
            ReportParticipantAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> ReportOnwardDisclosure(CommandScope scope, ReportOnwardDisclosure command, CancellationToken ct) =>
        scope.Execute<ReportOnwardDisclosure, OnwardDisclosure, OnwardFacts>(command, new ReportOnwardDisclosureValidator(), OnwardDisclosure.StreamId(command.OnwardId),
            async (facts, token) => new OnwardFacts(scope.Actor,
                await facts.Load<ClientConsents>(ClientConsents.StreamId(command.ClientId), token),
                await facts.Load<Recipient>(Recipient.StreamId(command.IntermediaryId), token)),
            ReportOnwardDisclosureAggregateHandler.Handle, ct);
}
