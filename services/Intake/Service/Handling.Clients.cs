using Clinic.Contracts.Intake;
using Clinic.Contracts.Messaging;
using Clinic.Hosting;
using Clinic.Intake.Domain;

namespace Clinic.Intake.Service;

/// <summary>Who a client is, what they were told, and the crisis pathway.</summary>
internal static partial class Handling
{
    public static Task<CommandAccepted> ProofIdentity(CommandScope scope, ProofIdentity command, CancellationToken ct) =>
        scope.Execute<ProofIdentity, Client>(command, new ProofIdentityValidator(), Client.StreamId(command.ClientId),
            ProofIdentityAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> LinkPseudonym(CommandScope scope, LinkPseudonym command, CancellationToken ct) =>
        scope.Execute<LinkPseudonym, Client>(command, new LinkPseudonymValidator(), Client.StreamId(command.ClientId),
            LinkPseudonymAggregateHandler.Handle, ct);

    /// <summary>A refusal says what is missing and is on record.</summary>
    public static CommandHandler<EnrolClient> EnrolClient(IntakePolicy policy) => (scope, command, ct) =>
        scope.Execute<EnrolClient, Client, EnrolmentFacts>(command, new EnrolClientValidator(), Client.StreamId(command.ClientId),
            (_, _) => Task.FromResult(new EnrolmentFacts(scope.Actor, policy)), EnrolClientAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> ActivateCrisis(CommandScope scope, ActivateCrisis command, CancellationToken ct) =>
        scope.Execute<ActivateCrisis, Client>(command, new ActivateCrisisValidator(), Client.StreamId(command.ClientId),
            ActivateCrisisAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> RecordCrisisContact(CommandScope scope, RecordCrisisContact command, CancellationToken ct) =>
        scope.Execute<RecordCrisisContact, Client>(command, new RecordCrisisContactValidator(), Client.StreamId(command.ClientId),
            RecordCrisisContactAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> CloseCrisis(CommandScope scope, CloseCrisis command, CancellationToken ct) =>
        scope.Execute<CloseCrisis, Client>(command, new CloseCrisisValidator(), Client.StreamId(command.ClientId),
            CloseCrisisAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> DeliverContent(CommandScope scope, DeliverContent command, CancellationToken ct) =>
        scope.Execute<DeliverContent, Client>(command, new DeliverContentValidator(), Client.StreamId(command.ClientId),
            DeliverContentAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> AcknowledgeContent(CommandScope scope, AcknowledgeContent command, CancellationToken ct) =>
        scope.Execute<AcknowledgeContent, Client>(command, new AcknowledgeContentValidator(), Client.StreamId(command.ClientId),
            AcknowledgeContentAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> LinkClients(CommandScope scope, LinkClients command, CancellationToken ct) =>
        scope.Execute<LinkClients, Client, LinkingFacts>(command, new LinkClientsValidator(), Client.StreamId(command.Survivor),
            async (facts, token) => new LinkingFacts(scope.Actor, await facts.Guard<Client>(Client.StreamId(command.Duplicate), token)),
            LinkClientsAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> UnlinkClients(CommandScope scope, UnlinkClients command, CancellationToken ct) =>
        scope.Execute<UnlinkClients, Client, LinkingFacts>(command, new UnlinkClientsValidator(), Client.StreamId(command.Survivor),
            async (facts, token) => new LinkingFacts(scope.Actor, await facts.Guard<Client>(Client.StreamId(command.Duplicate), token)),
            UnlinkClientsAggregateHandler.Handle, ct);
}
