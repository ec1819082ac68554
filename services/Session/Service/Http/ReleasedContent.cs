using Clinic.Contracts;
using Clinic.EventLog;
using Clinic.Hosting;
using Clinic.Session.Service.Views;

namespace Clinic.Session.Service.Http;

/// <summary>
/// What this service owns and may hand over under a signed release: attendance. The view is recorded before the content is
/// read, and exactly the category, client and period of the release are answered.
/// </summary>
internal static class ReleasedContent
{
    private const string Attendance = "attendance";

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/released/" + Attendance, async Task<IResult> (
            HttpContext http, ReleaseVerifier verifier, ClinicalRead read, Database database, CancellationToken ct) =>
        {
            var header = http.Request.Headers.Authorization.ToString();
            if (!header.StartsWith("Release ", StringComparison.Ordinal) || await verifier.Verify(header["Release ".Length..]) is not { } release
                || release.Category != Attendance)
                return TypedResults.Unauthorized();
            await read.RecordRelease(new Actor("consent", Roles.Service, release.Tenant, release.RecipientId),
                new RecordViewed(release.ClientId, release.RecipientId, Roles.Service, Attendance, release.Purpose, release.Id), ct);
            var sessions = await Calendar.ReadAll(database, release.Tenant, release.ClientId, ct);
            // that and when somebody came carries no label of its own
            return TypedResults.Ok(ReleasedItems.Of(release, sessions.Where(s => release.Covers(s.StartsAt)), _ => [], _ => true,
                s => new AttendanceRow(s.StartsAt, s.Modality, s.Status, s.ActualMinutes)));
            // the release is the credential here, not a person's token
        }).AllowAnonymous().WithName("released-attendance").WithTags("releases");
}

/// <summary>One session as another clinic is told of it.</summary>
internal sealed record AttendanceRow(DateTimeOffset StartsAt, string Modality, string Status, int? ActualMinutes);
