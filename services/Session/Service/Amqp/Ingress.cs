using Clinic.Contracts.Session;
using Clinic.Hosting;
using Clinic.Messaging;

namespace Clinic.Session.Service.Amqp;

/// <summary>What clinic systems may send.</summary>
internal static class Ingress
{
    public static IReadOnlyList<IngressRoute> Routes(IServiceProvider services) =>
    [
        services.Accept<BookSession>(Handling.BookSession),
        services.Accept<CancelSession>(Handling.CancelSession),
        services.Accept<StopSession>(Handling.StopSession)
    ];
}
