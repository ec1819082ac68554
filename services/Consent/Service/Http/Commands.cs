using Clinic.Contracts.Consent;
using Clinic.Hosting;

namespace Clinic.Consent.Service.Http;

internal static class Commands
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapCommand<ProposeConsent>(Handling.ProposeConsent);
        app.MapCommand<GrantConsent>(Handling.GrantConsent);
        app.MapCommand<RefuseConsent>(Handling.RefuseConsent);
        app.MapCommand<WithdrawConsent>(Handling.WithdrawConsent);
        app.MapCommand<RegisterRecipient>(Handling.RegisterRecipient);
        app.MapCommand<RequestDisclosure>(Handling.RequestDisclosure);
        app.MapCommand<AcknowledgeDisclosure>(Handling.AcknowledgeDisclosure);
    }
}
