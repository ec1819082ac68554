using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Clinic.SystemTests;

/// <summary>What no queue may hold in clear is taken sealed, and only sealed, and only from whom and as what it was sealed.</summary>
public sealed class SealedCommands(RunningClinic clinic)
{
    private const string Measure = "feedback.submit-measure.v1";

    [Fact]
    public async Task Item_answers_are_taken_sealed_and_scored()
    {
        var walk = await new Walk(clinic).Registered();
        var (id, response) = (Guid.NewGuid().ToString(), "m-" + walk.ClientId);
        var body = Seal.For(await Keys("feedback"), "north.ehr", Measure, Answers(walk, response));
        Encoding.UTF8.GetString(body).ShouldNotContain(walk.ClientId);

        await Send(Measure, body, id);
        (await clinic.NorthEhr.AnswersTo(id)).ShouldHaveSingleItem().Accepted();
        (await clinic.Ear.Wait("feedback.measure-scored.v1", "responseId", response))["total"].ShouldBe("9");
        // the very same bytes again: the same answer, no second effect
        await Send(Measure, body, id);
        (await clinic.NorthEhr.AnswersTo(id, count: 2)).Distinct().ShouldHaveSingleItem().Accepted();
        (await clinic.Ledger("feedback").Count("measure_scored", "responseId", response)).ShouldBe(1);
    }

    [Theory]
    [InlineData("feedback.submit-measure.v1", "items"), InlineData("intake.submit-screen.v1", "items")]
    public async Task In_clear_they_are_refused_unread(string contract, string field)
    {
        var id = Guid.NewGuid().ToString();
        await clinic.NorthEhr.Publish(contract, """{"items":[3,3,3,3,3,3,3,3,3]}"""u8.ToArray(), properties => properties.MessageId = id);
        (await clinic.NorthEhr.AnswersTo(id)).ShouldHaveSingleItem().Refused("must_be_encrypted").Field.ShouldBe(field);
    }

    [Fact]
    public async Task A_reason_in_words_must_be_sealed_and_the_same_id_is_then_free_for_it()
    {
        var walk = await new Walk(clinic).Registered();
        (await clinic.Post("consent.propose-consent.v1", walk.Proposal(), walk.Therapist)).Accepted();
        (await clinic.Post("consent.grant-consent.v1", walk.Grant(walk.SharingDirective), walk.Client)).Accepted();
        var id = Guid.NewGuid().ToString();
        const string contract = "consent.withdraw-consent.v1";
        await clinic.NorthEhr.Send(contract, walk.Withdrawal(walk.SharingDirective), id);
        (await clinic.NorthEhr.AnswersTo(id)).ShouldHaveSingleItem().Refused("must_be_encrypted").Field.ShouldBe("reason");
        (await clinic.Ledger("consent").Count("consent_withdrawn", "clientId", walk.ClientId)).ShouldBe(0);

        await Send(contract, Seal.For(await Keys("consent"), "north.ehr", contract, walk.Withdrawal(walk.SharingDirective)), id);
        (await clinic.NorthEhr.AnswersTo(id, count: 2))[^1].Accepted();
        (await clinic.Ledger("consent").Count("consent_withdrawn", "clientId", walk.ClientId)).ShouldBe(1);
    }

    [Fact]
    public async Task What_another_sealed_or_sealed_as_something_else_or_altered_is_refused()
    {
        var walk = await new Walk(clinic).Registered();
        var keys = await Keys("feedback");
        byte[] Sealed(string sender, string contract, Action<JsonObject>? change = null) =>
            Seal.For(keys, sender, contract, Answers(walk, "m-" + walk.ClientId), change);
        var altered = JsonNode.Parse(Sealed("north.ehr", Measure))!["jwe"]!.GetValue<string>();
        var dot = altered.LastIndexOf('.') - 3;
        altered = altered[..dot] + (altered[dot] == 'A' ? 'B' : 'A') + altered[(dot + 1)..];

        foreach (var (what, body) in new[]
        {
            ("captured from another clinic", Sealed("south.ehr", Measure)),
            ("captured and renamed", Sealed("south.ehr", Measure, header => header["apu"] = Convert.ToBase64String("north.ehr"u8).TrimEnd('='))),
            ("another command", Sealed("north.ehr", "intake.submit-screen.v1")),
            ("no algorithm", Sealed("north.ehr", Measure, header => header["alg"] = "dir")),
            ("a weaker cipher", Sealed("north.ehr", Measure, header => header["enc"] = "A128CBC-HS256")),
            ("compressed", Sealed("north.ehr", Measure, header => header["zip"] = "DEF")),
            ("a point that is not on the curve", Sealed("north.ehr", Measure, header => header["epk"]!["y"] = header["epk"]!["x"]!.DeepClone())),
            ("another key", Sealed("north.ehr", Measure, header => header["kid"] = "other")),
            ("altered", JsonSerializer.SerializeToUtf8Bytes(new { jwe = altered })),
            ("no envelope", "\"x\""u8.ToArray()),
            ("parts missing", """{"jwe":"a.b"}"""u8.ToArray()),
            ("nothing", [])
        })
        {
            var id = Guid.NewGuid().ToString();
            await Send(Measure, body, id);
            (await clinic.NorthEhr.AnswersTo(id)).ShouldHaveSingleItem(what).Refused("malformed").Field.ShouldBe("jwe", what);
        }
        (await clinic.Ledger("feedback").Count("measure_scored", "clientId", walk.ClientId)).ShouldBe(0);
    }

    private Task Send(string contract, byte[] body, string id) => clinic.NorthEhr.Publish(contract, body, properties =>
    {
        properties.MessageId = id;
        properties.ContentType = Seal.ContentType;
    });

    private async Task<JsonNode> Keys(string service)
    {
        using var http = new HttpClient();
        return JsonNode.Parse(await http.GetStringAsync(new Uri(clinic[service].Url, "/.well-known/jwks.json")))!;
    }

    private static object Answers(Walk walk, string response) =>
        new { responseId = response, walk.ClientId, instrument = "phq-9", version = "1", items = Walk.Answers, language = "en" };
}
