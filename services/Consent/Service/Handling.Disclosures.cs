using Clinic.Consent.Domain;
using Clinic.Consent.Service.Disclosing;
using Clinic.Contracts.Consent;
using Clinic.Contracts.Messaging;
using Clinic.Hosting;

namespace Clinic.Consent.Service;

internal static partial class Handling
{
    /// <exception cref="Contracts.RuleViolation">Nothing could ever be encrypted to the key.</exception>
    public static Task<CommandAccepted> RegisterRecipient(CommandScope scope, RegisterRecipient command, CancellationToken ct) =>
        command.PublicKey is { } key && !SealedPackage.Takes(key)
            ? throw new Contracts.RuleViolation("public_key_unusable", "Keys are one public JWK: EC on P-256, or RSA of at least 2048 bits.", "publicKey")
            : scope.Execute<RegisterRecipient, Recipient>(command, new RegisterRecipientValidator(), Recipient.StreamId(command.RecipientId),
            RegisterRecipientAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> RequestDisclosure(CommandScope scope, RequestDisclosure command, CancellationToken ct) =>
        scope.Execute<RequestDisclosure, Disclosure, DisclosureFacts>(command, new RequestDisclosureValidator(), Disclosure.StreamId(command.DisclosureId),
            (facts, token) => Facts(scope, facts, command.ClientId, command.RecipientId, token), RequestDisclosureAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> DiscloseWithoutConsent(CommandScope scope, DiscloseWithoutConsent command, CancellationToken ct) =>
        scope.Execute<DiscloseWithoutConsent, Disclosure, DisclosureFacts>(command, new DiscloseWithoutConsentValidator(), Disclosure.StreamId(command.DisclosureId),
            (facts, token) => Facts(scope, facts, command.ClientId, command.RecipientId, token), DiscloseWithoutConsentAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> ApproveDisclosure(CommandScope scope, ApproveDisclosure command, CancellationToken ct) =>
        scope.Execute<ApproveDisclosure, Disclosure, DisclosureFacts>(command, new ApproveDisclosureValidator(), Disclosure.StreamId(command.DisclosureId),
            async (facts, token) => (await facts.Load<Disclosure>(Disclosure.StreamId(command.DisclosureId), token))?.Request is { } request
                ? await Facts(scope, facts, request.ClientId, request.RecipientId, token)
                : new DisclosureFacts(scope.Actor, null, null),
            ApproveDisclosureAggregateHandler.Handle, ct);

    /// <summary>Evaluates a second time and says what leaves, before it leaves.</summary>
    public static Task<CommandAccepted> ReleaseDisclosure(CommandScope scope, ReleaseDisclosure command, Package package, CancellationToken ct) =>
        scope.Execute<ReleaseDisclosure, Disclosure, ReleaseFacts>(command, new ReleaseDisclosureValidator(), Disclosure.StreamId(command.DisclosureId),
            async (facts, token) =>
            {
                var request = (await facts.Load<Disclosure>(Disclosure.StreamId(command.DisclosureId), token))?.Request;
                var known = request is null ? new DisclosureFacts(scope.Actor, null, null) : await Facts(scope, facts, request.ClientId, request.RecipientId, token);
                return new ReleaseFacts(scope.Actor, known.Consents, known.Recipient, package.ContentHash, package.Description, package.Labels, package.Removed,
                    known.Linked, package.Notice, package.ConsentCopyHash, package.Under);
            },
            ReleaseDisclosureAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> AcknowledgeDisclosure(CommandScope scope, AcknowledgeDisclosure command, CancellationToken ct) =>
        scope.Execute<AcknowledgeDisclosure, Disclosure>(command, new AcknowledgeDisclosureValidator(), Disclosure.StreamId(command.DisclosureId),
            AcknowledgeDisclosureAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> AskDisclosureStatus(CommandScope scope, AskDisclosureStatus command, CancellationToken ct) =>
        scope.Execute<AskDisclosureStatus, StatusAnswer, DisclosureStatusFacts>(command, new AskDisclosureStatusValidator(), StatusAnswer.StreamId(command.AskId),
            async (facts, token) => new DisclosureStatusFacts(scope.Actor, await facts.Load<Disclosure>(Disclosure.StreamId(command.DisclosureId), token)),
            AskDisclosureStatusAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> FlagDisclosure(CommandScope scope, FlagDisclosure command, CancellationToken ct) =>
        scope.Execute<FlagDisclosure, Disclosure>(command, null, Disclosure.StreamId(command.DisclosureId),
            FlagDisclosureAggregateHandler.Handle, ct);

    /// <summary>All that a decision reads, verified; none of it may have moved when the decision is stored.</summary>
    private static async Task<DisclosureFacts> Facts(CommandScope scope, FactLoader facts, string clientId, string recipientId, CancellationToken ct)
    {
        var consents = await facts.Guard<ClientConsents>(ClientConsents.StreamId(clientId), ct);
        var linked = await LinkedConsents.Of(consents, stream => facts.Guard<ClientConsents>(stream, ct));
        return new DisclosureFacts(scope.Actor, consents, await facts.Guard<Recipient>(Recipient.StreamId(recipientId), ct), linked);
    }
}
