using System.Text.Json.Nodes;
using Clinic.Contracts;
using Clinic.EventLog;
using Clinic.Hosting;
using Clinic.Intake.Domain;
using Clinic.Instruments;
using Clinic.Instruments.Fhir;

namespace Clinic.Intake.Service.Http;

/// <summary>Screens in the words of other systems: HL7 FHIR R4 QuestionnaireResponses with their scores and single answers.</summary>
internal static class FhirRoutes
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/clients/{clientId}/fhir/QuestionnaireResponse", async Task<IResult> (
            string clientId, ClinicalRead read, IEventStore store, CancellationToken ct) =>
        {
            var actor = await read.Record(clientId, "fhir-questionnaire-responses", ct, followsLog: false);
            var client = (await store.Load<Client>(actor.Tenant, Client.StreamId(clientId), default, ct)).State;
            return TypedResults.Text(QuestionnaireResponses.Bundle((client?.Screens ?? []).Select(Of)).ToJsonString(ContractJson.Options), "application/fhir+json");
        }).WithName("fhir-questionnaire-responses").WithTags("fhir").Produces<JsonObject>(contentType: "application/fhir+json");

    /// <summary>For another clinic: the answers that its row shows. Whether an act was recent is not among them.</summary>
    internal static JsonObject Released(ScreeningCompleted screen) => QuestionnaireResponses.Of(Of(screen) with { PastThreeMonths = null });

    private static AnsweredQuestionnaire Of(ScreeningCompleted s) =>
        new(s.ScreenId, s.ClientId, s.Instrument, s.Version, s.Language, "completed", s.OccurredAt ?? s.CompletedAt, s.Items.IsErased ? null : s.Items.Value,
            new InstrumentScore(s.ScorerVersion, s.Total, s.Band, s.Validity))
        {
            PastThreeMonths = s.PastThreeMonths is { IsErased: false } recent ? recent.Value : null
        };
}
