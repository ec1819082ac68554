using Clinic.Contracts.Session;
using Clinic.EventLog;
using Clinic.Hosting;

namespace Clinic.Session.Service.Http;

internal static class Commands
{
    public static void Map(WebApplication app)
    {
        app.MapCommand<BookSession>(Handling.BookSession);
        app.MapCommand(Handling.StartSession(app.Services.GetRequiredService<Database>()));
        app.MapCommand<EndSession>(Handling.EndSession);
        app.MapCommand<CancelSession>(Handling.CancelSession);
        app.MapCommand<StopSession>(Handling.StopSession);
    }
}
