using Clinic.Contracts.Intake;
using Clinic.Contracts.Messaging;
using Clinic.Hosting;
using Clinic.Intake.Domain;

namespace Clinic.Intake.Service;

/// <summary>How a client can meet, what they have, what was weighed, and care elsewhere.</summary>
internal static partial class Handling
{
    public static Task<CommandAccepted> AssessTechnology(CommandScope scope, AssessTechnology command, CancellationToken ct) =>
        scope.Execute<AssessTechnology, Client>(command, new AssessTechnologyValidator(), Client.StreamId(command.ClientId),
            AssessTechnologyAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> TestConnection(CommandScope scope, TestConnection command, CancellationToken ct) =>
        scope.Execute<TestConnection, Client>(command, new TestConnectionValidator(), Client.StreamId(command.ClientId),
            TestConnectionAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> AnswerOffer(CommandScope scope, AnswerOffer command, CancellationToken ct) =>
        scope.Execute<AnswerOffer, Client>(command, new AnswerOfferValidator(), Client.StreamId(command.ClientId),
            AnswerOfferAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> SetModalityPreference(CommandScope scope, SetModalityPreference command, CancellationToken ct) =>
        scope.Execute<SetModalityPreference, Client>(command, new SetModalityPreferenceValidator(), Client.StreamId(command.ClientId),
            SetModalityPreferenceAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> SetAccessibility(CommandScope scope, SetAccessibility command, CancellationToken ct) =>
        scope.Execute<SetAccessibility, Client>(command, new SetAccessibilityValidator(), Client.StreamId(command.ClientId),
            SetAccessibilityAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> SetGoal(CommandScope scope, SetGoal command, CancellationToken ct) =>
        scope.Execute<SetGoal, Client>(command, new SetGoalValidator(), Client.StreamId(command.ClientId),
            SetGoalAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> LabelItem(CommandScope scope, LabelItem command, CancellationToken ct) =>
        scope.Execute<LabelItem, Client>(command, new LabelItemValidator(), Client.StreamId(command.ClientId),
            LabelItemAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> SetItemSharing(CommandScope scope, SetItemSharing command, CancellationToken ct) =>
        scope.Execute<SetItemSharing, Client>(command, new SetItemSharingValidator(), Client.StreamId(command.ClientId),
            SetItemSharingAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> RecordSharedDecision(CommandScope scope, RecordSharedDecision command, CancellationToken ct) =>
        scope.Execute<RecordSharedDecision, Client>(command, new RecordSharedDecisionValidator(), Client.StreamId(command.ClientId),
            RecordSharedDecisionAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> ReferOut(CommandScope scope, ReferOut command, CancellationToken ct) =>
        scope.Execute<ReferOut, Client>(command, new ReferOutValidator(), Client.StreamId(command.ClientId),
            ReferOutAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> AcceptReferralOut(CommandScope scope, AcceptReferralOut command, CancellationToken ct) =>
        scope.Execute<AcceptReferralOut, Client>(command, new AcceptReferralOutValidator(), Client.StreamId(command.ClientId),
            AcceptReferralOutAggregateHandler.Handle, ct);

    /// <summary>Confirming needs a licence, which is a guard as it is for suitability.</summary>
    public static Task<CommandAccepted> RecordDiagnosis(CommandScope scope, RecordDiagnosis command, CancellationToken ct) =>
        scope.Execute<RecordDiagnosis, Client, SuitabilityFacts>(command, new RecordDiagnosisValidator(), Client.StreamId(command.ClientId),
            async (facts, token) => new SuitabilityFacts(scope.Actor, await facts.Guard<Practitioner>(Practitioner.StreamId(scope.Actor.Id), token)),
            RecordDiagnosisAggregateHandler.Handle, ct);

    /// <summary>Who was told of it must not grow while the correction names them: it is noted in their stream, behind the version read here.</summary>
    public static Task<CommandAccepted> CorrectDiagnosis(CommandScope scope, CorrectDiagnosis command, CancellationToken ct) =>
        scope.Execute<CorrectDiagnosis, Client, CorrectionFacts>(command, new CorrectDiagnosisValidator(), Client.StreamId(command.ClientId),
            async (facts, token) => new CorrectionFacts(scope.Actor, await facts.Guard<ClientDisclosures>(ClientDisclosures.StreamId(command.ClientId), token)),
            CorrectDiagnosisAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> CloseReferral(CommandScope scope, CloseReferral command, CancellationToken ct) =>
        scope.Execute<CloseReferral, Referral, ReferralFacts>(command, new CloseReferralValidator(), Referral.StreamId(command.ReferralId),
            async (facts, token) => new ReferralFacts(scope.Actor, await facts.Guard<Client>(Client.StreamId(command.ClientId), token)),
            CloseReferralAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> NoteContactOverdue(CommandScope scope, NoteContactOverdue command, CancellationToken ct) =>
        scope.Execute<NoteContactOverdue, Client>(command, null, Client.StreamId(command.ClientId), NoteContactOverdueAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> NoteRefusal(CommandScope scope, NoteRefusal command, CancellationToken ct) =>
        scope.Execute<NoteRefusal, Client>(command, null, Client.StreamId(command.ClientId), NoteRefusalAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> NoteRisk(CommandScope scope, NoteRisk command, CancellationToken ct) =>
        scope.Execute<NoteRisk, Client>(command, null, Client.StreamId(command.ClientId), NoteRiskAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> NoteDisclosure(CommandScope scope, NoteDisclosure command, CancellationToken ct) =>
        scope.Execute<NoteDisclosure, ClientDisclosures>(command, null, ClientDisclosures.StreamId(command.ClientId), NoteDisclosureAggregateHandler.Handle, ct);

    public static Task<CommandAccepted> NoteItemsReleased(CommandScope scope, NoteItemsReleased command, CancellationToken ct) =>
        scope.Execute<NoteItemsReleased, ClientDisclosures>(command, null, ClientDisclosures.StreamId(command.ClientId), NoteItemsReleasedAggregateHandler.Handle, ct);
}
