using Clinic.Contracts;
using Clinic.EventLog;
using Clinic.EventLog.Keys;
using Clinic.Feedback.Domain;
using Clinic.Feedback.Service.Views;
using Clinic.Hosting;
using Clinic.Instruments;

namespace Clinic.Feedback.Service.Http;

/// <summary>One client's record.</summary>
internal static class Queries
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/clients/{clientId}/scores", async (string clientId, HttpContext http, Page page, ClinicalRead read, Database database, CancellationToken ct) =>
        {
            var actor = await read.Record(clientId, Scores.View.Name, ct);
            return TypedResults.Ok(page.Answer(http, await Scores.Read(database, actor.Tenant, clientId, page, ct), Scores.Key));
        }).WithName("scores").WithTags("queries");

        app.MapGet("/clients/{clientId}/alliance", async (string clientId, HttpContext http, Page page, ClinicalRead read, Database database, CancellationToken ct) =>
        {
            var actor = await read.Record(clientId, Scores.View.Name, ct);
            return TypedResults.Ok(page.Answer(http, await Scores.Read(database, actor.Tenant, clientId, page, ct, WaiSr.Code, Srs.Code), Scores.Key));
        }).WithName("alliance").WithTags("queries");

        app.MapGet("/clients/{clientId}/measure-requests", async (string clientId, HttpContext http, Page page, ClinicalRead read, Database database, CancellationToken ct) =>
        {
            var actor = await read.Record(clientId, MeasureRequests.View.Name, ct);
            return TypedResults.Ok(page.Answer(http, await MeasureRequests.Read(database, actor.Tenant, clientId, page, ct), MeasureRequests.Key));
        }).WithName("measure-requests").WithTags("queries");

        app.MapGet("/clients/{clientId}/feedback", async (
            string clientId, HttpContext http, Page page, ClinicalRead read, Database database, FieldEncryption fields, CancellationToken ct) =>
        {
            var actor = await read.Record(clientId, FeedbackItems.View.Name, ct);
            return TypedResults.Ok(page.Answer(http,
                await FeedbackItems.Read(database, fields, actor.Tenant, clientId, outOnly: actor.Role == Roles.Client, page, ct), FeedbackItems.Key));
        }).WithName("feedback").WithTags("queries");

        app.MapGet("/clients/{clientId}/alerts", async (string clientId, HttpContext http, Page page, ClinicalRead read, Database database, CancellationToken ct) =>
        {
            var actor = await read.Record(clientId, AlertBoard.View.Name, ct);
            return TypedResults.Ok(page.Answer(http, await AlertBoard.Read(database, actor.Tenant, clientId, page, ct), AlertBoard.Key));
        }).WithName("alerts").WithTags("queries");

        app.MapGet("/clients/{clientId}/concerns", async (
            string clientId, HttpContext http, Page page, ClinicalRead read, Database database, FieldEncryption fields, CancellationToken ct) =>
        {
            var actor = await read.Record(clientId, Concerns.View.Name, ct);
            return TypedResults.Ok(page.Answer(http,
                await Concerns.Read(database, fields, actor.Tenant, clientId, boundaries: actor.Role != Roles.Therapist, page, ct), Concerns.Key));
        }).WithName("concerns").WithTags("queries");

        app.MapGet("/crisis-numbers", (string? location, IConfiguration settings) => TypedResults.Ok(new CrisisNumbersRow(CrisisNumbers.CountryOf(location),
            // a clinic's own, as Crisis__GB__0__Name, __Contact and __Kind
            CrisisNumbers.At(location, place => settings.GetSection("Crisis:" + place).Get<CrisisNumber[]>())))).WithName("crisis-numbers").WithTags("queries");
    }
}

/// <summary>Where to turn at once.</summary>
/// <param name="Country">Whose numbers these are; <c>ZZ</c> for the fallback.</param>
internal sealed record CrisisNumbersRow(string Country, IReadOnlyList<CrisisNumber> Numbers);
