using Clinic.Consent.Domain;
using Clinic.Contracts;
using Clinic.Contracts.Consent;
using Clinic.Hosting.Access;

namespace Clinic.Consent.Service;

/// <summary>
/// Who may do what here. A recipient is not related to the client: whether it may ask and fetch is the directive's matter, and
/// somebody else's disclosure looks like none to it. Nor need who breaks the glass be: that is what the glass is for.
/// </summary>
internal static class Access
{
    public static AccessTable Table { get; } = new(
        Allow.Command<PublishDocument>(Roles.Operator),
        Allow.Command<RetireDocument>(Roles.Operator),
        Allow.Command<ProposeConsent>(Roles.Therapist, Roles.Supervisor).OnClient(c => c.ClientId),
        Allow.Command<GrantConsent>(Roles.Client, Roles.Therapist, Roles.Supervisor, Roles.ClinicSystem).OnClient(c => c.ClientId),
        Allow.Command<RefuseConsent>(Roles.Client, Roles.Therapist, Roles.Supervisor, Roles.ClinicSystem).OnClient(c => c.ClientId).EvenWhenStale(),
        Allow.Command<WithdrawConsent>(Roles.Client, Roles.Therapist, Roles.Supervisor, Roles.ClinicSystem).OnClient(c => c.ClientId).EvenWhenStale(),
        Allow.Command<ReportExpiryEvent>(Roles.Therapist, Roles.Supervisor, Roles.ClinicSystem).OnClient(c => c.ClientId).EvenWhenStale(),
        Allow.Command<AskConsentStatus>(Roles.ClinicSystem).OnClient(c => c.ClientId),
        Allow.Command<CorrectConsent>(Roles.Therapist, Roles.Supervisor).OnClient(c => c.ClientId),
        Allow.Command<RecordProxyAuthority>(Roles.Therapist, Roles.Supervisor).OnClient(c => c.ClientId),
        Allow.Command<EndProxyAuthority>(Roles.Client, Roles.Therapist, Roles.Supervisor).OnClient(c => c.ClientId).EvenWhenStale(),
        Allow.Command<ReaffirmConsent>(Roles.Client).OnClient(c => c.ClientId),
        Allow.Command<RequestRestriction>(Roles.Client, Roles.Therapist, Roles.Supervisor).OnClient(c => c.ClientId),
        Allow.Command<DecideRestriction>(Roles.Supervisor).OnClient(c => c.ClientId),
        Allow.Command<EndRestriction>(Roles.Client).OnClient(c => c.ClientId),
        Allow.Command<TerminateRestriction>(Roles.Supervisor).OnClient(c => c.ClientId),

        Allow.Command<RegisterRecipient>(Roles.Operator),
        Allow.Command<ReportParticipant>(Roles.ClinicSystem, Roles.Supervisor),
        Allow.Command<ReportOnwardDisclosure>(Roles.ClinicSystem, Roles.Supervisor),
        Allow.Command<RequestDisclosure>(Roles.ClinicSystem),
        Allow.Command<DiscloseWithoutConsent>(Roles.Therapist, Roles.Supervisor).OnClient(c => c.ClientId),
        Allow.Command<ApproveDisclosure>(Roles.Supervisor).StepUp(),
        Allow.Command<AcknowledgeDisclosure>(Roles.ClinicSystem),
        Allow.Command<AskDisclosureStatus>(Roles.ClinicSystem),
        Allow.Route("release-disclosure", Roles.ClinicSystem).StepUp(),

        Allow.Command<AuthoriseEmergencyUser>(Roles.Operator),
        Allow.Command<RevokeEmergencyUser>(Roles.Operator),
        Allow.Command<BreakGlass>(Roles.Therapist, Roles.Supervisor).StepUp().EvenWhenStale(),
        Allow.Command<CloseEmergencyAccess>(Roles.Therapist, Roles.Supervisor),
        Allow.Command<ReviewEmergencyAccess>(Roles.Supervisor),
        Allow.Command<RecordEmergencyDisclosure>(Roles.Therapist, Roles.Supervisor),
        Allow.Read("emergency-record", Roles.Therapist, Roles.Supervisor).StepUp() with { Reach = Reach.Clinic },
        Allow.List("emergency-accesses", Roles.Supervisor),

        Allow.Command<RequestAccounting>(Roles.Client, Roles.Supervisor).OnClient(c => c.ClientId),
        Allow.Command<AcceptAccountingFee>(Roles.Client, Roles.Supervisor).OnClient(c => c.ClientId),
        Allow.Command<ExtendAccounting>(Roles.Supervisor).OnClient(c => c.ClientId),
        Allow.Command<SuspendAccounting>(Roles.Supervisor).OnClient(c => c.ClientId),
        Allow.Read("issue-accounting", Roles.Client, Roles.Supervisor),
        Allow.Command<RequestAccess>(Roles.Client, Roles.Supervisor).OnClient(c => c.ClientId),
        Allow.Command<ExtendAccess>(Roles.Supervisor).OnClient(c => c.ClientId),
        Allow.Command<ProvideAccess>(Roles.Supervisor).OnClient(c => c.ClientId),
        Allow.List("access-requests", Roles.Supervisor),
        Allow.List("waiting-requests", Roles.Supervisor),
        Allow.Command<RequestAmendment>(Roles.Client, Roles.Supervisor).OnClient(c => c.ClientId),
        Allow.Command<ExtendAmendment>(Roles.Supervisor).OnClientOf<Amendment>(a => a.ClientId),
        Allow.Command<DecideAmendment>(Roles.Therapist, Roles.Supervisor).OnClientOf<Amendment>(a => a.ClientId),
        Allow.Command<StateDisagreement>(Roles.Client).OnClientOf<Amendment>(a => a.ClientId),

        Allow.Read("consents", Roles.Client, Roles.Therapist, Roles.Supervisor, Roles.Auditor),
        Allow.Read("consents-by-proxy", Roles.Client) with { Reach = Reach.Clinic },
        Allow.Read("my-consents", Roles.Client),
        Allow.Read("my-requests", Roles.Client, Roles.Supervisor),
        Allow.Read("who-saw", Roles.Client, Roles.Supervisor),
        Allow.Read("export", Roles.Client),
        Allow.Read("decision", Roles.Therapist, Roles.Supervisor, Roles.Auditor),
        Allow.Read("accounting", Roles.Client, Roles.Therapist, Roles.Supervisor, Roles.Auditor),
        Allow.Read("fhir-consents", Roles.Client, Roles.Therapist, Roles.Supervisor, Roles.Auditor),
        Allow.Read("fhir-audit-events", Roles.Client, Roles.Supervisor, Roles.Auditor),
        Allow.List("expiry-calendar", Roles.Supervisor),
        Allow.List("processing-register", Roles.Supervisor, Roles.Auditor),
        Allow.List("documents", Roles.Therapist, Roles.Supervisor, Roles.Auditor, Roles.Operator));
}
