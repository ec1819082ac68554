using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;

namespace Clinic.SystemTests.Abuse;

/// <summary>Bodies that say more, less or something else than the command they pretend to be: refused by name, nothing stored.</summary>
public sealed class ForgedBodies(RunningClinic clinic)
{
    private const string Plan = "intake.record-emergency-plan.v1";
    private const string Screen = "intake.submit-screen.v1";

    [Fact, Trait("Abuse", "16")]
    public Task Another_clinic_in_the_body() => Refused(Plan, PlanWith("""
        , "tenant": "south"
        """), "malformed", "tenant");

    [Theory, Trait("Abuse", "17")]
    [InlineData("actor", "\"op-1\"")]
    [InlineData("version", "1")]
    [InlineData("role", "\"operator\"")]
    [InlineData("$type", "\"Clinic.Intake.Domain.ClientRegistered\"")]
    public Task Members_that_only_the_service_sets(string member, string value) => Refused(Plan, PlanWith($", \"{member}\": {value}"), "malformed", member);

    [Fact, Trait("Abuse", "19")]
    public Task A_member_twice() => Refused(Plan, PlanWith(""", "contactRef": "other" """), "malformed");

    [Fact, Trait("Abuse", "20")]
    public Task An_unknown_member() => Refused(Plan, PlanWith(""", "colour": "red" """), "malformed", "colour");

    [Fact, Trait("Abuse", "21")]
    public Task Nested_ten_thousand_deep() => Refused(Plan, new string('[', 10_000) + new string(']', 10_000), "malformed");

    [Fact, Trait("Abuse", "21")]
    public Task Nested_deeper_than_any_contract() => Refused(Plan, PlanWith(", \"contactRefs\": " + new string('[', 33) + new string(']', 33)), "malformed");

    [Fact, Trait("Abuse", "22")]
    public async Task One_byte_more_than_is_taken()
    {
        var walk = await new Walk(clinic).Registered();
        var body = Body(walk, "");
        await Refused(Plan, body + new string(' ', 64 * 1024 + 1 - body.Length), "too_large", status: 413);
        (await clinic.PostRaw(Plan, body + new string(' ', 64 * 1024 - body.Length), walk.Therapist)).Accepted();
    }

    [Theory, Trait("Abuse", "25")]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("identity")]
    public async Task Compressed(string encoding)
    {
        var walk = await new Walk(clinic).Registered();
        var bomb = new MemoryStream();
        await using (var zip = new GZipStream(bomb, CompressionLevel.SmallestSize, leaveOpen: true)) zip.Write(new byte[10_000_000]);
        var content = new ByteArrayContent(bomb.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.ContentEncoding.Add(encoding);
        await clinic.ChangesNothing(async () =>
            (await clinic.Request(HttpMethod.Post, "intake", "/commands/" + Plan, clinic.Tokens.For(walk.Therapist), content)).Answer.Refused("unsupported_media_type", 415));
    }

    [Fact, Trait("Abuse", "26")]
    public Task A_zero_character() => Refused(Plan, PlanOf("\\u0000"), "malformed", "localServices");

    [Theory, Trait("Abuse", "27")]
    [InlineData("\\ud800")]
    [InlineData("\\udc00\\ud800")]
    [InlineData("\\ud800x")]
    public Task Half_a_character(string text) => Refused(Plan, PlanOf(text), "malformed", "localServices");

    [Theory, Trait("Abuse", "28")]
    [InlineData("\\u202e")]
    [InlineData("\u2066")]
    public Task Text_that_turns_around(string text) => Refused(Plan, PlanOf(text), "malformed", "localServices");

    [Theory, Trait("Abuse", "28")]
    [InlineData(new byte[] { 0xC0, 0xAF })]
    [InlineData(new byte[] { 0xE0, 0x80, 0x80 })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xFF })]
    public async Task Bytes_that_are_no_text(byte[] bytes)
    {
        var walk = await new Walk(clinic).Registered();
        var (before, after) = (Encoding.UTF8.GetBytes(Body(walk, "").Split("near")[0]), Encoding.UTF8.GetBytes(Body(walk, "").Split("near")[1]));
        var content = new ByteArrayContent([.. before, .. bytes, .. after]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        await clinic.ChangesNothing(async () =>
        {
            var answer = (await clinic.Request(HttpMethod.Post, "intake", "/commands/" + Plan, clinic.Tokens.For(walk.Therapist), content)).Answer.Refused("malformed", 400);
            answer.Field.ShouldBe("localServices");
        });
    }

    [Fact, Trait("Abuse", "29")]
    public Task A_number_beyond_all_numbers() => Refused(Screen, ScreenOf("1e400"), "malformed");

    [Theory, Trait("Abuse", "30")]
    [InlineData("9007199254740992")]
    [InlineData("1.5")]
    [InlineData("-9223372036854775809")]
    public Task A_number_that_is_no_small_integer(string number) => Refused(Screen, ScreenOf(number), "malformed");

    [Theory, Trait("Abuse", "31")]
    [InlineData("\"-1\"")]
    [InlineData("-1")]
    [InlineData("\"99999999999999999999\"")]
    public Task A_negative_version(string version) => Refused(Plan, PlanWith(""), "malformed", "If-Match", headers: ("If-Match", version));

    [Theory, Trait("Abuse", "32")]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31")]
    public Task A_day_of_another_age(string day) => Refused(Plan, PlanWith("", day), "invalid", "reviewBy");

    [Fact, Trait("Abuse", "32")]
    public Task A_day_that_does_not_exist() => Refused(Plan, PlanWith("", "2026-02-30"), "malformed", "reviewBy");

    [Theory, Trait("Abuse", "33")]
    [InlineData("c-1'; drop table mt_events; --")]
    [InlineData("c-1 or 1=1")]
    [InlineData("../c-1")]
    [InlineData("%")]
    public async Task Sql_in_an_id(string id)
    {
        var walk = await new Walk(clinic).Registered();
        await Refused(Plan, Body(walk, "").Replace(walk.ClientId, id, StringComparison.Ordinal), "invalid", "clientId");
        await clinic.Introduce(Person.Supervisor());
        await clinic.ChangesNothing(async () => (await clinic.Get("consent", $"/clients/{Uri.EscapeDataString(id)}/consents", Person.Supervisor())).Refused("malformed", 400).Field.ShouldBe("clientId"));
    }

    private static Func<Walk, string> PlanWith(string more, string? day = null) => walk => Body(walk, more, day: day);

    private static Func<Walk, string> PlanOf(string text) => walk => Body(walk, "", text);

    private static Func<Walk, string> ScreenOf(string number) => walk =>
        $$"""{"clientId":"{{walk.ClientId}}","screenId":"x-{{walk.ClientId}}","instrument":"phq-9","version":"1","items":[{{number}},0,0,0,0,0,0,0,0],"language":"en"}""";

    private static string Body(Walk walk, string more, string text = "near", string? day = null) =>
        $$"""{"clientId":"{{walk.ClientId}}","contactRef":"v","usualLocationRef":"v","localServices":"{{text}}","reviewBy":"{{day ?? Walk.Day(9)}}"{{more}}}""";

    private Task Refused(string contract, string body, string code, string? field = null, int status = 400) => Refused(contract, _ => body, code, field, status);

    private async Task Refused(string contract, Func<Walk, string> body, string code, string? field = null, int status = 400, params (string, string)[] headers)
    {
        var walk = await new Walk(clinic).Registered();
        await clinic.ChangesNothing(async () =>
        {
            var answer = (await clinic.PostRaw(contract, body(walk), walk.Therapist, headers)).Refused(code, status);
            if (field is not null) answer.Field.ShouldBe(field);
        });
    }
}
