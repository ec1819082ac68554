using Clinic.EventLog;
using Clinic.Feedback.Service.Views;
using Clinic.Hosting;
using Clinic.Hosting.Access;

namespace Clinic.Feedback.Service.Http;

/// <summary>Lists over the whole clinic; that they were looked at is recorded with every client they name.</summary>
internal static class Boards
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/alerts", async (HttpContext http, Page page, ClinicalRead read, Database database, CancellationToken ct) =>
        {
            var rows = await AlertBoard.ReadOpen(database, read.Lists().Tenant, page, ct);
            await read.RecordList(AlertBoard.View.Name, rows.Select(row => row.ClientId), ct);
            return TypedResults.Ok(page.Answer(http, rows, AlertBoard.Key));
        }).WithName("alert-board").WithTags("queries");

        app.MapGet("/answers-due", async (bool? all, HttpContext http, Page page, ClinicalRead read, Database database, CancellationToken ct) =>
        {
            var rows = await AnswersDue.Read(database, read.Lists().Tenant, all is true, page, ct);
            await read.RecordList(AnswersDue.View.Name, rows.Select(row => row.ClientId), ct);
            return TypedResults.Ok(page.Answer(http, rows, AnswersDue.Key));
        }).WithName("answers-due").WithTags("queries");

        app.MapGet("/supervision", async (bool? all, HttpContext http, Page page, ClinicalRead read, Database database, CancellationToken ct) =>
        {
            var rows = await Supervision.Read(database, read.Lists().Tenant, all is true, page, ct);
            await read.RecordList(Supervision.View.Name, rows.Select(row => row.ClientId), ct);
            return TypedResults.Ok(page.Answer(http, rows, Supervision.Key));
        }).WithName("supervision").WithTags("queries");

        app.MapGet("/feedback-queue", async (HttpContext http, Page page, ClinicalRead read, Database database, CancellationToken ct) =>
        {
            var rows = await FeedbackItems.ReadWaiting(database, read.Lists().Tenant, page, ct);
            await read.RecordList(FeedbackItems.View.Name, rows.Select(row => row.ClientId), ct);
            return TypedResults.Ok(page.Answer(http, rows, FeedbackItems.Key));
        }).WithName("feedback-queue").WithTags("queries");

        app.MapGet("/recovery", async (DateOnly? from, DateOnly? to, ClinicalRead read, Database database, TimeProvider time, CancellationToken ct) =>
        {
            var until = to?.AddDays(1) ?? DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(1);
            var rows = await RecoveryReport.Read(database, read.Lists().Tenant, Midnight(from ?? until.AddYears(-1)), Midnight(until), ct);
            // numbers, and no client's name
            await read.RecordList(RecoveryReport.View.Name, [], ct);
            return TypedResults.Ok(rows);
        }).WithName("recovery").WithTags("queries");

        app.MapGet("/on-call", async (HttpContext http, Database database, TimeProvider time, CancellationToken ct) =>
            TypedResults.Ok(await OnCall.Read(database, http.Admission().Actor.Tenant, time.GetUtcNow(), ct))).WithName("on-call").WithTags("queries");
    }

    private static DateTimeOffset Midnight(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
