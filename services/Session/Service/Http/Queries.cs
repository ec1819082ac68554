using Clinic.Contracts;
using Clinic.EventLog;
using Clinic.Hosting;
using Clinic.Session.Service.Views;

namespace Clinic.Session.Service.Http;

/// <summary>Views of one client, and lists for running the clinic.</summary>
internal static class Queries
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.OfClient("sessions", "sessions", Calendar.View, Calendar.Read, Calendar.Key);
        app.OfClient("attendance", "attendance", Calendar.View, Attendance.Read, Attendance.Key);
        app.OfClient("contact-time", "contact-time", ContactTimes.View, ContactTimes.Read, ContactTimes.Key);
        app.OfClient("timeline", "timeline", Timeline.View, Timeline.Read, Timeline.Key);
        app.OfClient("threads", "threads", Threads.View, Threads.Of, Threads.Key);
        app.OfClient("courses", "courses", Courses.View, Courses.Read, Courses.Key);

        // a supervisor looks after everybody's
        app.List("inbox", "thread-inbox", Threads.View, (database, by, page, ct) => Threads.Inbox(database, by.Tenant, Own(by), page, ct),
            Threads.Key, row => row.ClientId);
        app.List("unsigned-notes", "unsigned-notes", UnsignedNotes.View,
            (database, by, page, ct) => UnsignedNotes.Read(database, by.Tenant, Own(by), page, ct), UnsignedNotes.Key, row => row.ClientId);
        app.List("gate", "gate-dashboard", GateDashboard.View, (database, by, page, ct) => GateDashboard.Read(database, by.Tenant, page, ct),
            GateDashboard.Key, row => row.ClientId);
        app.List("platforms", "platforms", Platforms.View, (database, by, page, ct) => Platforms.Read(database, by.Tenant, page, ct), Platforms.Key, _ => null);
    }

    private static string? Own(Actor by) => by.Role is Roles.Supervisor ? null : by.Id;

    private static void OfClient<TRow>(this IEndpointRouteBuilder app, string path, string name, Projection view,
        Func<Database, string, string, Page, CancellationToken, Task<List<TRow>>> rows, Func<TRow, string[]> key) =>
        app.MapGet("/clients/{clientId}/" + path, async (string clientId, HttpContext http, Page page, ClinicalRead read, Database database, CancellationToken ct) =>
        {
            var actor = await read.Record(clientId, view.Name, ct);
            return TypedResults.Ok(page.Answer(http, await rows(database, actor.Tenant, clientId, page, ct), key));
        }).WithName(name).WithTags("queries");

    private static void List<TRow>(this IEndpointRouteBuilder app, string path, string name, Projection view,
        Func<Database, Actor, Page, CancellationToken, Task<List<TRow>>> rows, Func<TRow, string[]> key, Func<TRow, string?> client) =>
        app.MapGet("/" + path, async (HttpContext http, Page page, ClinicalRead read, Database database, CancellationToken ct) =>
        {
            var found = await rows(database, read.Lists(), page, ct);
            await read.RecordList(view.Name, found.Select(client).OfType<string>(), ct);
            return TypedResults.Ok(page.Answer(http, found, key));
        }).WithName(name).WithTags("queries");
}
