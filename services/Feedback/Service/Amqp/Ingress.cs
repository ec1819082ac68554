using Clinic.Contracts.Feedback;
using Clinic.Hosting;
using Clinic.Messaging;

namespace Clinic.Feedback.Service.Amqp;

/// <summary>What clinic systems may send: measures, sealed, because no queue may hold answers in clear; who is on call; and a gateway's answers.</summary>
internal static class Ingress
{
    public static IReadOnlyList<IngressRoute> Routes(IServiceProvider services, Handling handle) =>
    [
        services.Accept<SubmitMeasure>(handle.SubmitMeasure),
        services.Accept<CorrectMeasure>(handle.CorrectMeasure),
        services.Accept<RequestMeasure>(handle.RequestMeasure),
        services.Accept<SetFeedbackPreference>(handle.SetFeedbackPreference),
        services.Accept<AssignOnCall>(handle.AssignOnCall),
        services.Accept<WithdrawOnCall>(handle.WithdrawOnCall),
        services.Accept<ReportNotificationDelivered>(handle.ReportNotificationDelivered),
        services.Accept<ReportNotificationFailed>(handle.ReportNotificationFailed)
    ];
}
