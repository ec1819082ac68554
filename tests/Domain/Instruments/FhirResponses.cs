using System.Text.Json.Nodes;
using Clinic.Instruments;
using Clinic.Instruments.Fhir;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Instruments;

/// <summary>Answers and scores as HL7 FHIR R4 says them. Whether the shape is R4's is checked where the services answer with it.</summary>
public class FhirResponses
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 10, 0, 0, TimeSpan.FromHours(1));

    private static JsonObject Of(string instrument, InstrumentScore score, params int?[]? items) =>
        QuestionnaireResponses.Of(new AnsweredQuestionnaire("m-1", "client-1", instrument, "1", "en", "completed", At, items, score));

    [Fact]
    public void phq9_speaks_loinc()
    {
        int?[] items = [0, 1, 2, 3, null, 0, 0, 0, 1];
        var response = Of(Phq9.Code, Phq9.Score(items), items);
        (response["questionnaire"]!.GetValue<string>(), response["authored"]!.GetValue<string>()).ShouldBe(("http://loinc.org/q/44249-1|1", "2026-03-02T09:00:00.000Z"));
        Link(response, "/44254-1")!["valueCoding"]!["code"]!.GetValue<string>().ShouldBe("LA6571-9");
        Link(response, "/44260-8")!["valueCoding"]!["code"]!.GetValue<string>().ShouldBe("LA6569-3");
        Link(response, "/44251-7").ShouldBeNull("a missing answer is an item without one");
        (Link(response, "/44261-6")!["valueInteger"]!.GetValue<int>(), Link(response, "band")!["valueString"]!.GetValue<string>()).ShouldBe((8, "mild"));
        response.ToJsonString().ShouldNotContain("\"text\"");
    }

    [Fact]
    public void marks_on_lines_are_centimetres_again()
    {
        var response = Of(Srs.Code, Srs.Score([100, 95, 73, 91]), 100, 95, 73, 91);
        (Link(response, "3")!["valueDecimal"]!.GetValue<decimal>(), Link(response, "total")!["valueDecimal"]!.GetValue<decimal>()).ShouldBe((7.3m, 35.9m));
    }

    [Fact]
    public void a_screener_of_yes_and_no_has_neither_total_nor_numbers()
    {
        int?[] items = [1, 0, null, null, null, 0];
        var response = Of(CSsrs.Code, CSsrs.Score(items, null), items);
        Link(response, "1")!["valueBoolean"]!.GetValue<bool>().ShouldBeTrue();
        Link(response, "3").ShouldBeNull();
        Link(response, "total").ShouldBeNull();
    }

    [Fact]
    public void what_was_erased_leaves_the_score()
    {
        var response = Of(Gad7.Code, Gad7.Score([1, 1, 1, 1, 1, 1, 1]), null);
        response["item"]!.AsArray().Select(item => item!["linkId"]!.GetValue<string>()).ShouldBe(["/70274-6", "band", "validity", "scorer"]);
    }

    [Fact]
    public void a_page_names_the_next_and_an_empty_one_has_no_entries()
    {
        QuestionnaireResponses.Bundle([], "/next")["link"]![0]!["url"]!.GetValue<string>().ShouldBe("/next");
        QuestionnaireResponses.Bundle([]).Select(member => member.Key).ShouldBe(["resourceType", "type"]);
    }

    private static JsonNode? Link(JsonObject response, string linkId) =>
        response["item"]!.AsArray().FirstOrDefault(item => item!["linkId"]!.GetValue<string>() == linkId)?["answer"]?[0];
}
