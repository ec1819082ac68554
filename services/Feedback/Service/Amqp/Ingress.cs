using Clinic.Contracts.Feedback;
using Clinic.Hosting;
using Clinic.Messaging;

namespace Clinic.Feedback.Service.Amqp;

/// <summary>What clinic systems may send: a client's answers, sealed, because no queue may hold them in clear.</summary>
internal static class Ingress
{
    public static IReadOnlyList<IngressRoute> Routes(IServiceProvider services) =>
        [services.Accept<SubmitMeasure>(Handling.SubmitMeasure)];
}
