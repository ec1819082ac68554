using Clinic.Consent.Domain;
using Clinic.Contracts.Consent;
using Clinic.Hosting;

namespace Clinic.Consent.Service.Http;

internal static class Commands
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapCommand<PublishDocument>(Handling.PublishDocument);
        app.MapCommand<RetireDocument>(Handling.RetireDocument);
        app.MapCommand<ProposeConsent>(Handling.ProposeConsent);
        app.MapCommand<GrantConsent>(Handling.GrantConsent);
        app.MapCommand<RefuseConsent>(Handling.RefuseConsent);
        app.MapCommand<WithdrawConsent>(Handling.WithdrawConsent);
        app.MapCommand<ReportExpiryEvent>(Handling.ReportExpiryEvent);
        app.MapCommand<AskConsentStatus>(Handling.AskConsentStatus);
        app.MapCommand<AskDisclosureStatus>(Handling.AskDisclosureStatus);
        app.MapCommand<CorrectConsent>(Handling.CorrectConsent);
        app.MapCommand<RecordProxyAuthority>(Handling.RecordProxyAuthority);
        app.MapCommand<EndProxyAuthority>(Handling.EndProxyAuthority);
        app.MapCommand<ReaffirmConsent>(Handling.ReaffirmConsent);
        app.MapCommand<RequestRestriction>(Handling.RequestRestriction);
        app.MapCommand<DecideRestriction>(Handling.DecideRestriction);
        app.MapCommand<EndRestriction>(Handling.EndRestriction);
        app.MapCommand<TerminateRestriction>(Handling.TerminateRestriction);
        app.MapCommand<RegisterRecipient>(Handling.RegisterRecipient);
        app.MapCommand<ReportParticipant>(Handling.ReportParticipant);
        app.MapCommand<ReportOnwardDisclosure>(Handling.ReportOnwardDisclosure);
        app.MapCommand<RequestDisclosure>(Handling.RequestDisclosure);
        app.MapCommand<DiscloseWithoutConsent>(Handling.DiscloseWithoutConsent);
        app.MapCommand<ApproveDisclosure>(Handling.ApproveDisclosure);
        app.MapCommand<AcknowledgeDisclosure>(Handling.AcknowledgeDisclosure);
        app.MapCommand<AuthoriseEmergencyUser>(Handling.AuthoriseEmergencyUser);
        app.MapCommand<RevokeEmergencyUser>(Handling.RevokeEmergencyUser);
        app.MapCommand<BreakGlass>(Handling.BreakGlass(app.ServiceProvider.GetRequiredService<ConsentPolicy>()));
        app.MapCommand<CloseEmergencyAccess>(Handling.CloseEmergencyAccess);
        app.MapCommand<ReviewEmergencyAccess>(Handling.ReviewEmergencyAccess);
        app.MapCommand<RecordEmergencyDisclosure>(Handling.RecordEmergencyDisclosure);
        app.MapCommand<RequestAccounting>(Handling.RequestAccounting);
        app.MapCommand<AcceptAccountingFee>(Handling.AcceptAccountingFee);
        app.MapCommand<ExtendAccounting>(Handling.ExtendAccounting);
        app.MapCommand<SuspendAccounting>(Handling.SuspendAccounting);
        app.MapCommand<RequestAccess>(Handling.RequestAccess);
        app.MapCommand<ExtendAccess>(Handling.ExtendAccess);
        app.MapCommand<ProvideAccess>(Handling.ProvideAccess);
        app.MapCommand<RequestAmendment>(Handling.RequestAmendment);
        app.MapCommand<ExtendAmendment>(Handling.ExtendAmendment);
        app.MapCommand<DecideAmendment>(Handling.DecideAmendment);
        app.MapCommand<StateDisagreement>(Handling.StateDisagreement);
    }
}
