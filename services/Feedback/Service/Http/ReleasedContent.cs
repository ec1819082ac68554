using System.Text.Json.Nodes;
using Clinic.Contracts;
using Clinic.EventLog;
using Clinic.Feedback.Domain;
using Clinic.Feedback.Service.Views;
using Clinic.Hosting;

namespace Clinic.Feedback.Service.Http;

/// <summary>
/// What this service owns and may hand over under a signed release: measures, as scores. Answers to single items are never among
/// them. The view is recorded before the content is read.
/// </summary>
internal static class ReleasedContent
{
    private const string Measures = "measures";

    // the label of mental-health content (HL7 v3 ActCode): every questionnaire here is about that
    private static readonly string[] Labels = ["MH"];

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/released/" + Measures, async Task<IResult> (
            HttpContext http, ReleaseVerifier verifier, ClinicalRead read, Database database, IEventStore store, CancellationToken ct) =>
        {
            var header = http.Request.Headers.Authorization.ToString();
            if (!header.StartsWith("Release ", StringComparison.Ordinal) || await verifier.Verify(header["Release ".Length..]) is not { } release
                || release.Category != Measures)
                return TypedResults.Unauthorized();
            await read.RecordRelease(new Actor("consent", Roles.Service, release.Tenant, release.RecipientId),
                new RecordViewed(release.ClientId, release.RecipientId, Roles.Service, Measures, release.Purpose, release.Id), ct);
            var scores = await Scores.ReadAll(database, release.Tenant, release.ClientId, ct);
            var released = ReleasedItems.Of(release, scores.Where(s => release.Covers(s.ScoredAt)), _ => Labels, _ => true, s => s);
            var rows = new List<MeasureRow>();
            foreach (var s in released.Items)
            {
                var response = (await store.Load<InstrumentResponse>(release.Tenant, InstrumentResponse.StreamId(s.ResponseId), new LoadOptions(Verified: true), ct)).State;
                rows.Add(new MeasureRow(s.ScoredAt, s.Instrument, s.ScorerVersion, s.Validity, s.Total, s.Band, s.Unit,
                    response is { Scored: { } scored } ? FhirRoutes.ScoreAlone(response, scored, s) : null));
            }
            return TypedResults.Ok(new ReleasedItems<MeasureRow>(rows, released.Removed));
            // the release is the credential here, not a person's token
        }).AllowAnonymous().WithName("released-measures").WithTags("releases").Produces<ReleasedItems<MeasureRow>>();
}

/// <summary>One score as another clinic is told of it.</summary>
/// <param name="Fhir">The same score as an HL7 FHIR R4 QuestionnaireResponse without answers.</param>
internal sealed record MeasureRow(
    DateTimeOffset ScoredAt, string Instrument, string ScorerVersion, string Validity, int? Total, string? Band, string? Unit, JsonObject? Fhir = null);
