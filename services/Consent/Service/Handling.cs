using Clinic.Consent.Domain;
using Clinic.Contracts.Consent;
using Clinic.Contracts.Messaging;
using Clinic.Hosting;

namespace Clinic.Consent.Service;

/// <summary>
/// Each command's line: its stream, its validator, its handler. What decides whether something may leave reads all of the
/// client's directives, verified, and is appended only if they have not moved.
/// </summary>
internal static partial class Handling
{
    public const string Service = "consent";

    public static Task<CommandAccepted> PublishDocument(CommandScope scope, PublishDocument command, CancellationToken ct) =>
        scope.Execute<PublishDocument, ConsentDocument>(command, new PublishDocumentValidator(), ConsentDocument.StreamId(command.DocumentId),
            PublishDocumentAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> RetireDocument(CommandScope scope, RetireDocument command, CancellationToken ct) =>
        scope.Execute<RetireDocument, ConsentDocument>(command, new RetireDocumentValidator(), ConsentDocument.StreamId(command.DocumentId),
            RetireDocumentAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> ProposeConsent(CommandScope scope, ProposeConsent command, CancellationToken ct) =>
        scope.Execute<ProposeConsent, ClientConsents, ProposalFacts>(command, new ProposeConsentValidator(), ClientConsents.StreamId(command.ClientId),
            async (facts, token) =>
            {
                var recipients = new List<Recipient>();
                foreach (var id in command.Scopes.Select(s => s.Disclosure).OfType<DisclosureScope>().Where(d => !d.Denies).Select(d => d.RecipientId).Distinct())
                    if (await facts.Load<Recipient>(Recipient.StreamId(id), token) is { } recipient) recipients.Add(recipient);
                return new ProposalFacts(scope.Actor, await facts.Load<ConsentDocument>(ConsentDocument.StreamId(command.Document.Id), token), recipients);
            },
            ProposeConsentAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> GrantConsent(CommandScope scope, GrantConsent command, CancellationToken ct) =>
        scope.Execute<GrantConsent, ClientConsents, GrantFacts>(command, new GrantConsentValidator(), ClientConsents.StreamId(command.ClientId),
            async (facts, token) =>
            {
                var directive = (await facts.Load<ClientConsents>(ClientConsents.StreamId(command.ClientId), token))?.Find(command.DirectiveId);
                return new GrantFacts(scope.Actor,
                    directive is null ? null : await facts.Guard<ConsentDocument>(ConsentDocument.StreamId(directive.Document.Id), token));
            },
            GrantConsentAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> RefuseConsent(CommandScope scope, RefuseConsent command, CancellationToken ct) =>
        scope.Execute<RefuseConsent, ClientConsents>(command, new RefuseConsentValidator(), ClientConsents.StreamId(command.ClientId),
            RefuseConsentAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> WithdrawConsent(CommandScope scope, WithdrawConsent command, CancellationToken ct) =>
        scope.Execute<WithdrawConsent, ClientConsents>(command, new WithdrawConsentValidator(), ClientConsents.StreamId(command.ClientId),
            WithdrawConsentAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> ReportExpiryEvent(CommandScope scope, ReportExpiryEvent command, CancellationToken ct) =>
        scope.Execute<ReportExpiryEvent, ClientConsents>(command, new ReportExpiryEventValidator(), ClientConsents.StreamId(command.ClientId),
            ReportExpiryEventAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> CorrectConsent(CommandScope scope, CorrectConsent command, CancellationToken ct) =>
        scope.Execute<CorrectConsent, ClientConsents>(command, new CorrectConsentValidator(), ClientConsents.StreamId(command.ClientId),
            CorrectConsentAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> ReaffirmConsent(CommandScope scope, ReaffirmConsent command, CancellationToken ct) =>
        scope.Execute<ReaffirmConsent, ClientConsents>(command, new ReaffirmConsentValidator(), ClientConsents.StreamId(command.ClientId),
            ReaffirmConsentAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> RecordProxyAuthority(CommandScope scope, RecordProxyAuthority command, CancellationToken ct) =>
        scope.Execute<RecordProxyAuthority, ClientConsents>(command, new RecordProxyAuthorityValidator(), ClientConsents.StreamId(command.ClientId),
            RecordProxyAuthorityAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> EndProxyAuthority(CommandScope scope, EndProxyAuthority command, CancellationToken ct) =>
        scope.Execute<EndProxyAuthority, ClientConsents>(command, new EndProxyAuthorityValidator(), ClientConsents.StreamId(command.ClientId),
            EndProxyAuthorityAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> RequestRestriction(CommandScope scope, RequestRestriction command, CancellationToken ct) =>
        scope.Execute<RequestRestriction, ClientConsents>(command, new RequestRestrictionValidator(), ClientConsents.StreamId(command.ClientId),
            RequestRestrictionAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> DecideRestriction(CommandScope scope, DecideRestriction command, CancellationToken ct) =>
        scope.Execute<DecideRestriction, ClientConsents>(command, new DecideRestrictionValidator(), ClientConsents.StreamId(command.ClientId),
            DecideRestrictionAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> EndRestriction(CommandScope scope, EndRestriction command, CancellationToken ct) =>
        scope.Execute<EndRestriction, ClientConsents>(command, new EndRestrictionValidator(), ClientConsents.StreamId(command.ClientId),
            EndRestrictionAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> TerminateRestriction(CommandScope scope, TerminateRestriction command, CancellationToken ct) =>
        scope.Execute<TerminateRestriction, ClientConsents>(command, new TerminateRestrictionValidator(), ClientConsents.StreamId(command.ClientId),
            TerminateRestrictionAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> AskConsentStatus(CommandScope scope, AskConsentStatus command, CancellationToken ct) =>
        scope.Execute<AskConsentStatus, StatusAnswer, ConsentStatusFacts>(command, new AskConsentStatusValidator(), StatusAnswer.StreamId(command.AskId),
            async (facts, token) => new ConsentStatusFacts(scope.Actor, await facts.Load<ClientConsents>(ClientConsents.StreamId(command.ClientId), token)),
            AskConsentStatusAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> ExpireConsent(CommandScope scope, ExpireConsent command, CancellationToken ct) =>
        scope.Execute<ExpireConsent, ClientConsents>(command, null, ClientConsents.StreamId(command.ClientId),
            ExpireConsentAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> RequireReconsent(CommandScope scope, RequireReconsent command, CancellationToken ct) =>
        scope.Execute<RequireReconsent, ClientConsents>(command, null, ClientConsents.StreamId(command.ClientId),
            RequireReconsentAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> LapseProxyAuthority(CommandScope scope, LapseProxyAuthority command, CancellationToken ct) =>
        scope.Execute<LapseProxyAuthority, ClientConsents>(command, null, ClientConsents.StreamId(command.ClientId),
            LapseProxyAuthorityAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> EndUnaffirmed(CommandScope scope, EndUnaffirmed command, CancellationToken ct) =>
        scope.Execute<EndUnaffirmed, ClientConsents>(command, null, ClientConsents.StreamId(command.ClientId),
            EndUnaffirmedAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> NoteClientLink(CommandScope scope, NoteClientLink command, CancellationToken ct) =>
        scope.Execute<NoteClientLink, ClientConsents>(command, null, ClientConsents.StreamId(command.ClientId),
            NoteClientLinkAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> NoteRetention(CommandScope scope, NoteRetention command, CancellationToken ct) =>
        scope.Execute<NoteRetention, RetentionTerms>(command, null, RetentionTerms.StreamId, NoteRetentionAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> NoteClientLanguage(CommandScope scope, NoteClientLanguage command, CancellationToken ct) =>
        scope.Execute<NoteClientLanguage, ClientConsents>(command, null, ClientConsents.StreamId(command.ClientId),
            NoteClientLanguageAggregateHandler.Handle, ct);
}
