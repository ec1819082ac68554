using Clinic.Contracts.Session;
using Clinic.Hosting;
using Clinic.Messaging;

namespace Clinic.Session.Service.Amqp;

/// <summary>What clinic systems may send: bookings and attendance.</summary>
internal static class Ingress
{
    public static IReadOnlyList<IngressRoute> Routes(IServiceProvider services)
    {
        var handling = services.GetRequiredService<Handling>();
        return
        [
            services.Accept<BookSession>(handling.BookSession),
            services.Accept<RescheduleSession>(handling.RescheduleSession),
            services.Accept<CancelSession>(Handling.CancelSession),
            services.Accept<StopSession>(Handling.StopSession),
            services.Accept<CheckIn>(handling.CheckIn),
            services.Accept<MarkNoShow>(handling.MarkNoShow),
            services.Accept<EndSession>(Handling.EndSession),
            services.Accept<OpenThread>(handling.OpenThread)
        ];
    }
}
