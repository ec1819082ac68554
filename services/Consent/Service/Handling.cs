using Clinic.Consent.Domain;
using Clinic.Contracts.Consent;
using Clinic.Contracts.Messaging;
using Clinic.Hosting;

namespace Clinic.Consent.Service;

/// <summary>
/// Each command's line: its stream, its validator, its handler. What decides whether something may leave reads all of the
/// client's directives, verified, and is appended only if they have not moved.
/// </summary>
internal static class Handling
{
    public const string Service = "consent";

    public static Task<CommandAccepted> ProposeConsent(CommandScope scope, ProposeConsent command, CancellationToken ct) =>
        scope.Execute<ProposeConsent, ClientConsents>(command, new ProposeConsentValidator(), ClientConsents.StreamId(command.ClientId),
            ProposeConsentAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> GrantConsent(CommandScope scope, GrantConsent command, CancellationToken ct) =>
        scope.Execute<GrantConsent, ClientConsents>(command, new GrantConsentValidator(), ClientConsents.StreamId(command.ClientId),
            GrantConsentAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> RefuseConsent(CommandScope scope, RefuseConsent command, CancellationToken ct) =>
        scope.Execute<RefuseConsent, ClientConsents>(command, new RefuseConsentValidator(), ClientConsents.StreamId(command.ClientId),
            RefuseConsentAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> WithdrawConsent(CommandScope scope, WithdrawConsent command, CancellationToken ct) =>
        scope.Execute<WithdrawConsent, ClientConsents>(command, new WithdrawConsentValidator(), ClientConsents.StreamId(command.ClientId),
            WithdrawConsentAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> RegisterRecipient(CommandScope scope, RegisterRecipient command, CancellationToken ct) =>
        scope.Execute<RegisterRecipient, Recipient>(command, new RegisterRecipientValidator(), Recipient.StreamId(command.RecipientId),
            RegisterRecipientAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> RequestDisclosure(CommandScope scope, RequestDisclosure command, CancellationToken ct) =>
        scope.Execute<RequestDisclosure, Disclosure, DisclosureFacts>(command, new RequestDisclosureValidator(), Disclosure.StreamId(command.DisclosureId),
            async (facts, token) => new DisclosureFacts(scope.Actor,
                await facts.Guard<ClientConsents>(ClientConsents.StreamId(command.ClientId), token),
                await facts.Guard<Recipient>(Recipient.StreamId(command.RecipientId), token)),
            RequestDisclosureAggregateHandler.Handle, ct);

    /// <summary>Evaluates a second time and says what leaves, before it leaves.</summary>
    public static Task<CommandAccepted> ReleaseDisclosure(
        CommandScope scope, ReleaseDisclosure command, string contentHash, string description, string[] labels, string[] removed, CancellationToken ct) =>
        scope.Execute<ReleaseDisclosure, Disclosure, ReleaseFacts>(command, new ReleaseDisclosureValidator(), Disclosure.StreamId(command.DisclosureId),
            async (facts, token) =>
            {
                var request = (await facts.Load<Disclosure>(Disclosure.StreamId(command.DisclosureId), token))?.Request;
                return new ReleaseFacts(scope.Actor,
                    request is null ? null : await facts.Guard<ClientConsents>(ClientConsents.StreamId(request.ClientId), token),
                    request is null ? null : await facts.Guard<Recipient>(Recipient.StreamId(request.RecipientId), token),
                    contentHash, description, labels, removed);
            },
            ReleaseDisclosureAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> AcknowledgeDisclosure(CommandScope scope, AcknowledgeDisclosure command, CancellationToken ct) =>
        scope.Execute<AcknowledgeDisclosure, Disclosure>(command, new AcknowledgeDisclosureValidator(), Disclosure.StreamId(command.DisclosureId),
            AcknowledgeDisclosureAggregateHandler.Handle, ct);
}
