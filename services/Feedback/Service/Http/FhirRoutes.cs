using System.Text.Json.Nodes;
using Clinic.Contracts;
using Clinic.EventLog;
using Clinic.Feedback.Domain;
using Clinic.Feedback.Service.Views;
using Clinic.Hosting;
using Clinic.Instruments;
using Clinic.Instruments.Fhir;

namespace Clinic.Feedback.Service.Http;

/// <summary>
/// Answered measures in the words of other systems: HL7 FHIR R4 QuestionnaireResponses with their scores, single answers among them,
/// which are opened for this reader and kept nowhere.
/// </summary>
internal static class FhirRoutes
{
    // every response is folded from its stream
    private const int Most = 50;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/clients/{clientId}/fhir/QuestionnaireResponse", async Task<IResult> (
            string clientId, HttpContext http, Page page, ClinicalRead read, Database database, IEventStore store, CancellationToken ct) =>
        {
            var few = page with { Limit = Math.Min(page.Limit, Most) };
            var actor = await read.Record(clientId, Scores.View.Name, ct, shown: "fhir-questionnaire-responses");
            var rows = few.Answer(http, await Scores.Read(database, actor.Tenant, clientId, few, ct), Scores.Key);
            var answered = new List<AnsweredQuestionnaire>();
            foreach (var row in rows)
                if ((await store.Load<InstrumentResponse>(actor.Tenant, InstrumentResponse.StreamId(row.ResponseId), default, ct)).State is { Scored: { } scored } response)
                    answered.Add(Of(response, scored));
            var next = http.Response.Headers["Next-Cursor"].ToString();
            return TypedResults.Text(QuestionnaireResponses.Bundle(answered, next.Length == 0 ? null : $"{http.Request.Path}?limit={few.Limit}&cursor={next}")
                .ToJsonString(ContractJson.Options), "application/fhir+json");
        }).WithName("fhir-questionnaire-responses").WithTags("fhir").Produces<JsonObject>(contentType: "application/fhir+json");

    /// <summary>For another clinic: the score as its row says it, and neither answers nor parts, which the row does not show.</summary>
    internal static JsonObject ScoreAlone(InstrumentResponse response, MeasureScored scored, ScoreRow row) => QuestionnaireResponses.Of(Of(response, scored) with
    {
        Items = null,
        Score = new InstrumentScore(row.ScorerVersion, row.Total, row.Band, row.Validity) { Unit = row.Unit }
    });

    private static AnsweredQuestionnaire Of(InstrumentResponse response, MeasureScored scored)
    {
        var m = response.Submitted;
        return new AnsweredQuestionnaire(m.ResponseId, m.ClientId, m.Instrument, m.Version, m.Language,
            response.SupersededBy is not null ? "entered-in-error" : scored.Supersedes is not null ? "amended" : "completed",
            m.TakenAt, m.Items.IsErased ? null : m.Items.Value,
            new InstrumentScore(scored.ScorerVersion, scored.Total, scored.Band, scored.Validity)
            {
                Unit = scored.Unit,
                Subscales = [.. (Scoring.Told(scored) ?? []).Select(part => new Subscale(part.Code, part.Total))]
            });
    }
}
