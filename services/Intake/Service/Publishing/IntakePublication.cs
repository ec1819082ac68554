using Clinic.Contracts.Access;
using Clinic.EventLog;
using Clinic.Intake.Domain;
using Public = Clinic.Contracts.Intake;

namespace Clinic.Intake.Service.Publishing;

/// <summary>Stored event to public contract. What is not listed stays inside: item answers, licence numbers, rationales.</summary>
internal static class IntakePublication
{
    public static object? Of(StoredEvent stored) => stored.Data switch
    {
        ReferralReceived e => new Public.ReferralReceived(e.ReferralId, e.Source, e.Urgency, e.ClockAhead),
        ReferralStatusTold e => new Public.ReferralStatusTold(e.AskId, e.ReferralId, e.Status, e.ReasonCode),
        ClientRegistered e => new Public.ClientRegistered(e.ClientId, e.Route, e.IdentityMode, e.AgeBand, e.Language, e.Region, e.ReferralId),
        LicenceVerified e => new Public.LicenceVerified(e.PractitionerId, e.Profession, e.Jurisdiction, e.Source, e.CheckedAt, e.ExpiresAt, e.Compact),
        ScreeningCompleted e => new Public.ScreeningCompleted(e.ClientId, e.ScreenId, e.Instrument, e.ScorerVersion, e.Validity, e.Total, e.Band, e.ClockAhead),
        FollowUpScreenRequested e => new Public.FollowUpScreenRequested(e.ClientId, e.ScreenId, e.Instrument, e.Reason, e.ContactPossible),
        CrisisPathwayActivated e => new Public.CrisisActivated(e.ClientId, e.Trigger, e.ScreenId, e.ContactPossible),
        RiskTriaged e => new Public.RiskTriaged(e.ClientId, e.TriageId, e.Source, e.Tier, e.ClinicianId, e.ActionDueAt),
        EmergencyPlanRecorded e => new Public.EmergencyPlanRecorded(e.ClientId, e.ReviewBy),
        SuitabilityDecided e => new Public.SuitabilityDecided(e.ClientId, e.Decision, e.Category, e.Modalities, e.DecidedBy, e.ReviewBy, e.Overridden, e.SharedDecisionId),
        LicenceLapsed e => new Public.LicenceLapsed(e.PractitionerId, e.Jurisdiction, e.EffectiveAt, e.ReasonCode),
        LicenceSuspended e => new Public.LicenceSuspended(e.PractitionerId, e.Jurisdiction, e.EffectiveAt, e.ReasonCode),
        LicenceReinstated e => new Public.LicenceReinstated(e.PractitionerId, e.Jurisdiction, e.EffectiveAt, e.ReasonCode),
        CompetenceAttested e => new Public.CompetenceAttested(e.PractitionerId, e.Topic, e.AttestedBy, e.ExpiresAt),
        PeerSupporterApproved e => new Public.PeerSupporterApproved(e.PractitionerId, e.Scope, e.SupervisorId, e.ReviewBy),
        IdentityProofed e => new Public.IdentityProofed(e.ClientId, e.Level, e.Method, e.ExpiresAt),
        IdentityProofingFailed e => new Public.IdentityProofingFailed(e.ClientId, e.Level, e.Method, e.ReasonCode),
        PseudonymLinked e => new Public.PseudonymLinked(e.ClientId, e.AuthorisedBy, e.ReasonCode),
        ClientEnrolled e => new Public.ClientEnrolled(e.ClientId, e.Category, e.IdentityLevel),
        EnrolmentRefused e => new Public.EnrolmentRefused(e.ClientId, e.Category, e.FailedChecks),
        CrisisContactAttempted e => new Public.CrisisContactAttempted(e.ClientId, e.AttemptId, e.Method, e.Outcome, e.ClockAhead),
        CrisisContactOverdue e => new Public.CrisisContactOverdue(e.ClientId, e.CaseId, e.DueAt),
        CrisisPathwayClosed e => new Public.CrisisClosed(e.ClientId, e.ClinicianId),
        EducationDelivered e => new Public.EducationDelivered(e.ClientId, e.ContentId, e.Version),
        SafetyEducationAcknowledged e => new Public.SafetyEducationAcknowledged(e.ClientId, e.ContentId, e.Version),
        ClientsLinked e => new Public.ClientsLinked(e.ClientId, e.Survivor, e.Duplicate),
        ClientsUnlinked e => new Public.ClientsUnlinked(e.ClientId, e.Survivor, e.Duplicate),
        TechReadinessAssessed e => new Public.TechReadinessAssessed(e.ClientId, e.AssessmentId, e.Readiness, e.Fallback),
        ConnectionTested e => new Public.ConnectionTested(e.ClientId, e.TestId, e.Modalities),
        AlternativeOffered e => new Public.AlternativeOffered(e.ClientId, e.OfferId, e.Options),
        OfferAnswered e => new Public.OfferAnswered(e.ClientId, e.OfferId, e.Answer),
        ModalityPreferenceSet e => new Public.ModalityPreferenceSet(e.ClientId, e.Modalities),
        AccessibilitySet e => new Public.AccessibilitySet(e.ClientId),
        DiagnosisRecorded e => new Public.DiagnosisRecorded(e.ClientId, e.DiagnosisId, e.Status, e.Basis, e.CueProfile),
        DiagnosisCorrected e => new Public.DiagnosisCorrected(e.ClientId, e.DiagnosisId, e.ReasonCode, e.Recipients, e.ReplacedBy),
        CorrectionRecipientFound e => new Public.DiagnosisCorrected(e.ClientId, e.DiagnosisId, e.ReasonCode, [e.Recipient], e.ReplacedBy),
        GoalSet e => new Public.GoalSet(e.ClientId, e.GoalId, e.ReviewBy),
        ItemLabelled e => new Public.ItemLabelled(e.ClientId, e.ItemId, [], e.LabelledBy),
        ItemSharingSet e => new Public.ItemSharingSet(e.ClientId, e.ItemId, e.Level),
        SharedDecisionRecorded e => new Public.SharedDecisionRecorded(e.ClientId, e.SharedDecisionId, e.Chosen, e.ClientAgrees),
        ReferredOut e => new Public.ReferredOut(e.ClientId, e.ReferralOutId, e.Destination, e.SentAt),
        ReferralAccepted e => new Public.ReferralAccepted(e.ClientId, e.ReferralOutId),
        ReferralClosed e => new Public.ReferralClosed(e.ReferralId, e.ReasonCode),
        CrisisInformationGiven e => new Public.CrisisInformationGiven(e.ClientId, e.ScreenId, e.Region, e.ContactPossible),
        RiskNoted e => new Public.RiskNoted(e.ClientId, e.RiskId, e.Source, e.Severity),
        TherapistAssigned or TherapistReleased or SubjectLinked or SubjectUnlinked or CredentialCompromised => stored.Data,
        SafetyAlertNoted e => new Public.SafetyAlertNoted(e.ClientId, e.AlertId, e.RuleId, e.ResponseId, e.DueAt),
        HoldPlaced e => new Public.HoldPlaced(e.HoldId, e.ClientId, e.Basis),
        HoldReleased e => new Public.HoldReleased(e.HoldId, e.ClientId),
        RetentionSet e => new Public.RetentionSet(e.DataClass, e.KeepDays),
        ErasureRequested e => new Public.ErasureRequested(e.ErasureId, e.ClientId, e.Ground, e.DataClasses),
        ErasureRefused e => new Public.ErasureRefused(e.ErasureId, e.ClientId, e.ReasonCode, e.HoldIds, e.KeepUntil),
        ErasureCompleted e => new Public.ErasureCompleted(e.ErasureId, e.ClientId, e.Keys),
        _ => null
    };
}
