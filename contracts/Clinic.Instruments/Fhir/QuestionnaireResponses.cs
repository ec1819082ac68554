using System.Globalization;
using System.Text.Json.Nodes;

namespace Clinic.Instruments.Fhir;

/// <summary>One answered questionnaire with its score, as its owner keeps it.</summary>
/// <param name="Id">The owner's id.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="Version">Of the questionnaire's wording.</param>
/// <param name="Language">BCP 47.</param>
/// <param name="Status"><c>completed</c>, <c>amended</c> or <c>entered-in-error</c> (HL7 FHIR R4 value set).</param>
/// <param name="At">When it was answered; null where that is not known.</param>
/// <param name="Items">In the questionnaire's order; null when they were erased.</param>
public sealed record AnsweredQuestionnaire(
    string Id, string ClientId, string Instrument, string Version, string Language, string Status, DateTimeOffset? At, IReadOnlyList<int?>? Items, InstrumentScore Score)
{
    /// <summary>C-SSRS only: whether the behaviour of question 6 was in the past three months.</summary>
    public bool? PastThreeMonths { get; init; }
}

/// <summary>
/// Answers and score as an HL7 FHIR R4 QuestionnaireResponse. Items carry link ids only: the wording of licensed instruments is the
/// clinic's to bring. PHQ-9 and GAD-7 use LOINC's codes for questions, answers and total, as LOINC's own questionnaires do.
/// </summary>
public static class QuestionnaireResponses
{
    private const string Loinc = "http://loinc.org";
    private const string OrdinalValue = "http://hl7.org/fhir/StructureDefinition/ordinalValue";

    // 0 not at all, 1 several days, 2 more than half the days, 3 nearly every day
    private static readonly string[] Frequencies = ["LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9"];

    private static readonly Dictionary<string, (string Panel, string[] Items, string Total)> Panels = new(StringComparer.Ordinal)
    {
        [Phq9.Code] = ("44249-1", ["44250-9", "44255-8", "44259-0", "44254-1", "44251-7", "44258-2", "44252-5", "44253-3", "44260-8"], "44261-6"),
        [Gad7.Code] = ("69737-5", ["69725-0", "68509-9", "69733-4", "69734-2", "69735-9", "69689-8", "69736-7"], "70274-6")
    };

    /// <summary>The resource. The score follows the answers, as items that no client answered: total, parts, band, validity, scorer.</summary>
    public static JsonObject Of(AnsweredQuestionnaire answered)
    {
        (string Panel, string[] Items, string Total)? panel = Panels.TryGetValue(answered.Instrument, out var known) ? known : null;
        var response = new JsonObject
        {
            ["resourceType"] = "QuestionnaireResponse",
            ["id"] = answered.Id,
            ["meta"] = new JsonObject { ["security"] = new JsonArray(Coding("http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "R")) },
            ["language"] = answered.Language,
            ["identifier"] = new JsonObject { ["system"] = "urn:clinic:response", ["value"] = answered.Id },
            ["questionnaire"] = $"{(panel is { } p ? $"{Loinc}/q/{p.Panel}" : "urn:clinic:questionnaire:" + answered.Instrument)}|{answered.Version}",
            ["status"] = answered.Status,
            ["subject"] = Patient(answered.ClientId),
            ["source"] = Patient(answered.ClientId)
        };
        if (answered.At is { } at) response["authored"] = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        response["item"] = new JsonArray([.. Answers(answered, panel?.Items), .. Score(answered.Score, panel?.Total)]);
        return response;
    }

    /// <summary>A page of them as a search set.</summary>
    /// <param name="next">Where the next page is; null on the last.</param>
    public static JsonObject Bundle(IEnumerable<AnsweredQuestionnaire> page, string? next = null)
    {
        var entries = page.Select(answered => (JsonNode)new JsonObject { ["resource"] = Of(answered), ["search"] = new JsonObject { ["mode"] = "match" } }).ToArray();
        var bundle = new JsonObject { ["resourceType"] = "Bundle", ["type"] = "searchset" };
        // what R4 leaves out when there is none
        if (next is not null) bundle["link"] = new JsonArray(new JsonObject { ["relation"] = "next", ["url"] = next });
        if (entries.Length > 0) bundle["entry"] = new JsonArray(entries);
        return bundle;
    }

    private static IEnumerable<JsonNode> Answers(AnsweredQuestionnaire answered, string[]? loinc)
    {
        for (var i = 0; i < (answered.Items?.Count ?? 0); i++)
            yield return Item(loinc is null ? (i + 1).ToString(CultureInfo.InvariantCulture) : "/" + loinc[i],
                answered.Items![i] is { } answer ? Answer(answered, loinc is not null, answer) : null);
        if (answered.PastThreeMonths is { } recent) yield return Item("6-past-3-months", new JsonObject { ["valueBoolean"] = recent });
    }

    private static JsonObject Answer(AnsweredQuestionnaire answered, bool coded, int answer)
    {
        if (answered.Instrument == CSsrs.Code) return new JsonObject { ["valueBoolean"] = answer == 1 };
        if (!coded) return Number(answer, answered.Score.Unit);
        var coding = Coding(Loinc, Frequencies[answer]);
        coding["extension"] = new JsonArray(new JsonObject { ["url"] = OrdinalValue, ["valueDecimal"] = answer });
        return new JsonObject { ["valueCoding"] = coding };
    }

    private static IEnumerable<JsonNode> Score(InstrumentScore score, string? loinc)
    {
        if (score.Total is { } total) yield return Item(loinc is null ? "total" : "/" + loinc, Number(total, score.Unit));
        foreach (var part in score.Subscales)
            if (part.Total is { } its) yield return Item("total-" + part.Code, Number(its, score.Unit));
        if (score.Band is { } band) yield return Item("band", new JsonObject { ["valueString"] = band });
        yield return Item("validity", new JsonObject { ["valueString"] = score.Validity });
        yield return Item("scorer", new JsonObject { ["valueString"] = score.ScorerVersion });
    }

    private static JsonObject Item(string linkId, JsonObject? answer)
    {
        var item = new JsonObject { ["linkId"] = linkId };
        if (answer is not null) item["answer"] = new JsonArray(answer);
        return item;
    }

    private static JsonObject Number(int value, string? unit) =>
        unit == Units.Tenths ? new JsonObject { ["valueDecimal"] = value / 10m } : new JsonObject { ["valueInteger"] = value };

    private static JsonObject Patient(string clientId) =>
        new() { ["type"] = "Patient", ["identifier"] = new JsonObject { ["system"] = "urn:clinic:patient", ["value"] = clientId } };

    private static JsonObject Coding(string system, string code) => new() { ["system"] = system, ["code"] = code };
}
