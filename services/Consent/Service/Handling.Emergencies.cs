using Clinic.Consent.Domain;
using Clinic.Consent.Service.Disclosing;
using Clinic.Contracts.Consent;
using Clinic.Contracts.Messaging;
using Clinic.Hosting;

namespace Clinic.Consent.Service;

internal static partial class Handling
{
    public static Task<CommandAccepted> AuthoriseEmergencyUser(CommandScope scope, AuthoriseEmergencyUser command, CancellationToken ct) =>
        scope.Execute<AuthoriseEmergencyUser, EmergencyGroup>(command, new AuthoriseEmergencyUserValidator(), EmergencyGroup.StreamId,
            AuthoriseEmergencyUserAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> RevokeEmergencyUser(CommandScope scope, RevokeEmergencyUser command, CancellationToken ct) =>
        scope.Execute<RevokeEmergencyUser, EmergencyGroup>(command, new RevokeEmergencyUserValidator(), EmergencyGroup.StreamId,
            RevokeEmergencyUserAggregateHandler.Handle, ct);

    public static CommandHandler<BreakGlass> BreakGlass(ConsentPolicy policy) => (scope, command, ct) =>
        scope.Execute<BreakGlass, EmergencyAccess, BreakGlassFacts>(command, new BreakGlassValidator(), EmergencyAccess.StreamId(command.AccessId),
            async (facts, token) =>
            {
                var consents = await facts.Guard<ClientConsents>(ClientConsents.StreamId(command.ClientId), token);
                return new BreakGlassFacts(scope.Actor, consents, await facts.Guard<EmergencyGroup>(EmergencyGroup.StreamId, token), policy,
                    await LinkedConsents.Of(consents, stream => facts.Guard<ClientConsents>(stream, token)));
            },
            BreakGlassAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> CloseEmergencyAccess(CommandScope scope, CloseEmergencyAccess command, CancellationToken ct) =>
        scope.Execute<CloseEmergencyAccess, EmergencyAccess>(command, new CloseEmergencyAccessValidator(), EmergencyAccess.StreamId(command.AccessId),
            CloseEmergencyAccessAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> ReviewEmergencyAccess(CommandScope scope, ReviewEmergencyAccess command, CancellationToken ct) =>
        scope.Execute<ReviewEmergencyAccess, EmergencyAccess, ReviewFacts>(command, new ReviewEmergencyAccessValidator(), EmergencyAccess.StreamId(command.AccessId),
            async (facts, token) => new ReviewFacts(scope.Actor, await facts.Load<EmergencyAccess>(EmergencyAccess.StreamId(command.AccessId), token) is { } access
                ? (await facts.Load<ClientConsents>(ClientConsents.StreamId(access.ClientId), token))?.Language
                : null),
            ReviewEmergencyAccessAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> EscalateReview(CommandScope scope, EscalateReview command, CancellationToken ct) =>
        scope.Execute<EscalateReview, EmergencyAccess>(command, null, EmergencyAccess.StreamId(command.AccessId),
            EscalateReviewAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> RecordEmergencyDisclosure(CommandScope scope, RecordEmergencyDisclosure command, CancellationToken ct) =>
        scope.Execute<RecordEmergencyDisclosure, EmergencyAccess>(command, new RecordEmergencyDisclosureValidator(), EmergencyAccess.StreamId(command.AccessId),
            RecordEmergencyDisclosureAggregateHandler.Handle, ct);
}
