using Clinic.Contracts.Consent;
using Clinic.Hosting;
using Clinic.Messaging;

namespace Clinic.Consent.Service.Amqp;

/// <summary>
/// What clinic systems may send: a client's grant or withdrawal that they pass on, and another clinic's requests and receipts,
/// and what an intermediary has to say of its own disclosures.
/// Releasing content is not among them; bytes leave over authenticated HTTP only.
/// </summary>
internal static class Ingress
{
    public static IReadOnlyList<IngressRoute> Routes(IServiceProvider services) =>
    [
        services.Accept<GrantConsent>(Handling.GrantConsent),
        services.Accept<RefuseConsent>(Handling.RefuseConsent),
        services.Accept<WithdrawConsent>(Handling.WithdrawConsent),
        services.Accept<ReportExpiryEvent>(Handling.ReportExpiryEvent),
        services.Accept<RequestDisclosure>(Handling.RequestDisclosure),
        services.Accept<AcknowledgeDisclosure>(Handling.AcknowledgeDisclosure),
        services.Accept<AskConsentStatus>(Handling.AskConsentStatus),
        services.Accept<AskDisclosureStatus>(Handling.AskDisclosureStatus),
        services.Accept<ReportParticipant>(Handling.ReportParticipant),
        services.Accept<ReportOnwardDisclosure>(Handling.ReportOnwardDisclosure)
    ];
}
