using Clinic.Contracts;
using Clinic.Contracts.Messaging;
using Clinic.Contracts.Session;
using Clinic.Hosting;
using Clinic.Session.Domain;

namespace Clinic.Session.Service;

internal sealed partial class Handling
{
    public static Task<CommandAccepted> NoteConsent(CommandScope scope, NoteConsent command, CancellationToken ct) =>
        scope.Execute<NoteConsent, ClientCare, WithdrawalFacts>(command, null, ClientCare.StreamId(command.ClientId),
            (facts, token) => Withdrawing(scope.Actor, facts, command.ClientId, token), NoteConsentAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> EndConsent(CommandScope scope, EndConsent command, CancellationToken ct) =>
        scope.Execute<EndConsent, ClientCare, WithdrawalFacts>(command, null, ClientCare.StreamId(command.ClientId),
            (facts, token) => Withdrawing(scope.Actor, facts, command.ClientId, token), EndConsentAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> NoteSuitability(CommandScope scope, NoteSuitability command, CancellationToken ct) =>
        scope.Execute<NoteSuitability, ClientCare>(command, null, ClientCare.StreamId(command.ClientId),
            NoteSuitabilityAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> NoteEmergencyPlan(CommandScope scope, NoteEmergencyPlan command, CancellationToken ct) =>
        scope.Execute<NoteEmergencyPlan, ClientCare>(command, null, ClientCare.StreamId(command.ClientId),
            NoteEmergencyPlanAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> NoteCrisis(CommandScope scope, NoteCrisis command, CancellationToken ct) =>
        scope.Execute<NoteCrisis, ClientCare>(command, null, ClientCare.StreamId(command.ClientId),
            NoteCrisisAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> NoteIdentity(CommandScope scope, NoteIdentity command, CancellationToken ct) =>
        scope.Execute<NoteIdentity, ClientCare>(command, null, ClientCare.StreamId(command.ClientId),
            NoteIdentityAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> NoteSafetyEducation(CommandScope scope, NoteSafetyEducation command, CancellationToken ct) =>
        scope.Execute<NoteSafetyEducation, ClientCare>(command, null, ClientCare.StreamId(command.ClientId),
            NoteSafetyEducationAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> NoteRisk(CommandScope scope, NoteRisk command, CancellationToken ct) =>
        scope.Execute<NoteRisk, ClientCare>(command, null, ClientCare.StreamId(command.ClientId),
            NoteRiskAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> NoteClientLink(CommandScope scope, NoteClientLink command, CancellationToken ct) =>
        scope.Execute<NoteClientLink, ClientCare>(command, null, ClientCare.StreamId(command.ClientId),
            NoteClientLinkAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> NoteLicence(CommandScope scope, NoteLicence command, CancellationToken ct) =>
        scope.Execute<NoteLicence, Licences>(command, null, Licences.StreamId(command.PractitionerId),
            NoteLicenceAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> ApprovePlatform(CommandScope scope, ApprovePlatform command, CancellationToken ct) =>
        scope.Execute<ApprovePlatform, Platform>(command, new ApprovePlatformValidator(), Platform.StreamId(command.PlatformId),
            ApprovePlatformAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> RevokePlatform(CommandScope scope, RevokePlatform command, CancellationToken ct) =>
        scope.Execute<RevokePlatform, Platform, RevocationFacts>(command, new RevokePlatformValidator(), Platform.StreamId(command.PlatformId),
            async (facts, token) => new RevocationFacts(scope.Actor, command.FallbackPlatformId is { } fallback
                ? await facts.Guard<Platform>(Platform.StreamId(fallback), token)
                : null),
            RevokePlatformAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> StartCrisisContact(CommandScope scope, StartCrisisContact command, CancellationToken ct) =>
        scope.Execute<StartCrisisContact, CrisisContact, CrisisFacts>(command, new StartCrisisContactValidator(), CrisisContact.StreamId(command.ContactId),
            async (facts, token) => new CrisisFacts(scope.Actor, await CareOf(facts, command.ClientId, token)),
            StartCrisisContactAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> EndCrisisContact(CommandScope scope, EndCrisisContact command, CancellationToken ct) =>
        scope.Execute<EndCrisisContact, CrisisContact>(command, new EndCrisisContactValidator(), CrisisContact.StreamId(command.ContactId),
            EndCrisisContactAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> RaiseRisk(CommandScope scope, RaiseRisk command, CancellationToken ct) =>
        scope.Execute<RaiseRisk, RiskReport>(command, new RaiseRiskValidator(), RiskReport.StreamId(command.RiskId),
            RaiseRiskAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> RecordContactTime(CommandScope scope, RecordContactTime command, CancellationToken ct) =>
        scope.Execute<RecordContactTime, ContactTime>(command, new RecordContactTimeValidator(), ContactTime.StreamId(command.ContactId),
            RecordContactTimeAggregateHandler.Handle, ct);

    private static async Task<WithdrawalFacts> Withdrawing(Actor by, FactLoader facts, string clientId, CancellationToken ct) =>
        new(by, await Running(facts, (await CareOf(facts, clientId, ct))?.Sessions.SelectMany(s => s.RecordedWith ?? []).Distinct() ?? [], ct));
}
