using System.Text.Json.Nodes;
using Clinic.Contracts;
using Clinic.Contracts.Consent;
using Clinic.EventLog;
using Clinic.Hosting;
using Clinic.Intake.Domain;

namespace Clinic.Intake.Service.Http;

/// <summary>
/// What intake owns and may hand over under a signed release: screens and diagnoses. What is handed over is on record, item by item,
/// before the first byte: whoever was told of a diagnosis must be found again when it turns out wrong (S36).
/// </summary>
internal static class ReleasedContent
{
    private const string Screening = "screening";
    private const string Diagnoses = "diagnoses";

    public static void Map(IEndpointRouteBuilder app)
    {
        Map<ScreeningCompleted, ReleasedScreen>(app, Screening,
            (client, release) => client.Screens.Where(s => s.CompletedAt is { } at && release.Covers(at)), s => s.ScreenId, _ => ["PSY"],
            (_, s) => new ReleasedScreen(s.ScreenId, s.Instrument, s.Version, s.Language, s.CompletedAt!.Value, s.Items.IsErased ? [] : s.Items.Value,
                s.ScorerVersion, s.Validity, s.Total, s.Band, FhirRoutes.Released(s)));
        Map<DiagnosisRecorded, ReleasedDiagnosis>(app, Diagnoses,
            (client, release) => client.Problems.Diagnoses.Where(d => !d.Code.IsErased && release.Covers(d.RecordedAt)), d => d.DiagnosisId, d => d.Labels,
            (client, d) => new ReleasedDiagnosis(d.DiagnosisId, d.System, d.Code.Value, client.Problems.IsCorrected(d.DiagnosisId) ? "corrected" : d.Status, d.Basis, d.RecordedAt));
    }

    private static void Map<TItem, TRow>(
        IEndpointRouteBuilder app, string category, Func<Client, SignedRelease, IEnumerable<TItem>> items, Func<TItem, string> id,
        Func<TItem, IReadOnlyCollection<string>> labels, Func<Client, TItem, TRow> row) where TRow : class =>
        app.MapGet("/released/" + category, async Task<IResult> (
            HttpContext http, ReleaseVerifier verifier, ClinicalRead read, IEventStore store, TimeProvider time, CancellationToken ct) =>
        {
            var header = http.Request.Headers.Authorization.ToString();
            if (!header.StartsWith("Release ", StringComparison.Ordinal) || await verifier.Verify(header["Release ".Length..]) is not { } release
                || release.Category != category)
                return TypedResults.Unauthorized();
            var actor = new Actor("consent", Roles.Service, release.Tenant, release.RecipientId);
            await read.RecordRelease(actor, new RecordViewed(release.ClientId, release.RecipientId, Roles.Service, category, release.Purpose, release.Id), ct);
            var client = (await store.Load<Client>(release.Tenant, Client.StreamId(release.ClientId), new LoadOptions(Verified: true), ct)).State;
            if (client is null) return TypedResults.Ok(new ReleasedItems<TRow>([], []));
            var released = ReleasedItems.Of(release, items(client, release), item => [.. labels(item).Union(client.Problems.LabelsOf(id(item)))],
                item => client.Problems.SharingOf(id(item)) == SharingLevels.Disclosable, item => item);
            var ids = released.Items.Select(id).ToArray();
            var scope = new CommandScope(store, time, actor, release.Id, release.Id,
                new Dictionary<string, string> { [EventHeaders.Role] = Roles.Service, [EventHeaders.OnBehalfOf] = release.RecipientId, [EventHeaders.PurposeOfUse] = release.Purpose });
            // a caller that goes away now has still been handed it
            if (ids.Length > 0)
                await Handling.NoteItemsReleased(scope, new NoteItemsReleased(release.ClientId, release.Id, release.RecipientId, category, ids,
                    ids.Where(client.Problems.IsCorrected).ToArray() is { Length: > 0 } corrected ? corrected : null), CancellationToken.None);
            return TypedResults.Ok(new ReleasedItems<TRow>([.. released.Items.Select(item => row(client, item))], released.Removed));
            // the release is the credential here, not a person's token
        }).AllowAnonymous().WithName("released-" + category).WithTags("releases").Produces<ReleasedItems<TRow>>();
}

/// <summary>One screen as another clinic is told of it.</summary>
/// <param name="Fhir">The same answers and score as an HL7 FHIR R4 QuestionnaireResponse.</param>
internal sealed record ReleasedScreen(
    string ScreenId, string Instrument, string Version, string Language, DateTimeOffset CompletedAt, int?[] Items, string ScorerVersion, string Validity,
    int? Total, string? Band, JsonObject? Fhir = null);

/// <summary>One diagnosis as another clinic is told of it: provisional is said to be.</summary>
internal sealed record ReleasedDiagnosis(string DiagnosisId, string System, string Code, string Status, string Basis, DateTimeOffset RecordedAt);
