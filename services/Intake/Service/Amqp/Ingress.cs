using Clinic.Contracts.Intake;
using Clinic.Hosting;
using Clinic.Messaging;

namespace Clinic.Intake.Service.Amqp;

/// <summary>What clinic systems may send. Screens only sealed: item answers are sensitive and no queue may hold them in clear.</summary>
internal static class Ingress
{
    public static IReadOnlyList<IngressRoute> Routes(IServiceProvider services) =>
    [
        services.Accept<ReceiveReferral>(Handling.ReceiveReferral),
        services.Accept<AskReferralStatus>(Handling.AskReferralStatus),
        services.Accept<RegisterClient>(Handling.RegisterClient),
        services.Accept<RecordEmergencyPlan>(Handling.RecordEmergencyPlan),
        services.Accept<AssessTechnology>(Handling.AssessTechnology),
        services.Accept<TestConnection>(Handling.TestConnection),
        services.Accept<AnswerOffer>(Handling.AnswerOffer),
        services.Accept<SetModalityPreference>(Handling.SetModalityPreference),
        services.Accept<SetAccessibility>(Handling.SetAccessibility),
        services.Accept<AcceptReferralOut>(Handling.AcceptReferralOut),
        services.Accept<SubmitScreen>(Handling.SubmitScreen)
    ];
}
