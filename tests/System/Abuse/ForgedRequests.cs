using System.Net.Sockets;
using System.Text;

namespace Clinic.SystemTests.Abuse;

/// <summary>Requests that are wrong around the body: headers, methods, framing, keys, pages.</summary>
public sealed class ForgedRequests(RunningClinic clinic)
{
    private const string Plan = "intake.record-emergency-plan.v1";

    [Fact, Trait("Abuse", "18")]
    public async Task Headers_that_say_who_or_whence()
    {
        var walk = await new Walk(clinic).Registered();
        (string, string)[] lies = [("X-User-Id", "op-1"), ("X-Role", "operator"), ("X-Forwarded-For", "127.0.0.1"), ("X-Forwarded-User", "op-1"), ("X-Original-URL", "/worklist"), ("Forwarded", "for=127.0.0.1")];

        await clinic.ChangesNothing(async () => (await clinic.Request(HttpMethod.Get, "intake", "/worklist", null, null, lies)).Answer.Refused("unauthorized", 401));
        (await clinic.PostRaw(Plan, Body(walk), walk.Therapist, lies)).Accepted();

        var stored = (await clinic.Ledger("intake").Rows("select user_name as who, headers from mt_events where type = 'emergency_plan_recorded' and data ->> 'clientId' = $1", walk.ClientId)).ShouldHaveSingleItem();
        stored["who"]!.GetValue<string>().ShouldBe(walk.Therapist.Id);
        stored["headers"]!["role"]!.GetValue<string>().ShouldBe("therapist");
    }

    [Fact, Trait("Abuse", "23")]
    public async Task A_body_without_end()
    {
        var walk = await new Walk(clinic).Registered();
        var request = new StringBuilder(Head("POST", "/commands/" + Plan, clinic.Tokens.For(walk.Therapist), "Content-Type: application/json", "Transfer-Encoding: chunked"));
        for (var i = 0; i < 100; i++) request.Append("1000\r\n").Append('x', 0x1000).Append("\r\n");
        await clinic.ChangesNothing(async () => (await clinic.Raw("intake", Encoding.ASCII.GetBytes(request.ToString()))).ShouldStartWith("HTTP/1.1 413"));
    }

    [Theory, Trait("Abuse", "24")]
    [InlineData("Content-Length: 4", "Transfer-Encoding: chunked")]
    [InlineData("Transfer-Encoding: chunked", "Content-Length: 4")]
    [InlineData("Content-Length: 4", "Content-Length: 5")]
    [InlineData("Transfer-Encoding: xchunked", "Content-Length: 4")]
    public async Task Two_lengths_for_one_body(string one, string other)
    {
        var walk = await new Walk(clinic).Registered();
        var token = clinic.Tokens.For(walk.Therapist);
        // what would be the second request, were the first one's end misread
        var smuggled = Head("GET", "/worklist", clinic.Tokens.For(Person.Operator()));
        var request = Head("POST", "/commands/" + Plan, token, "Content-Type: application/json", one, other) + "0\r\n\r\n" + smuggled;
        await clinic.ChangesNothing(async () =>
        {
            var answer = await clinic.Raw("intake", Encoding.ASCII.GetBytes(request));
            answer.ShouldMatch(@"\AHTTP/1\.1 (400|501)");
            answer.Split("HTTP/1.1 ").Length.ShouldBe(2, "there is one answer, and the connection ends");
        });
    }

    [Theory, Trait("Abuse", "37")]
    [InlineData("TRACE")]
    [InlineData("TRACK")]
    [InlineData("CONNECT")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    [InlineData("OPTIONS")]
    public async Task A_method_that_nobody_needs(string method)
    {
        var walk = await new Walk(clinic).Registered();
        await clinic.ChangesNothing(async () => (await clinic.Raw("consent", Encoding.ASCII.GetBytes(
            Head(method, $"/clients/{walk.ClientId}/consents", clinic.Tokens.For(walk.Therapist), "Purpose-Of-Use: TREAT", "Connection: close")))).ShouldMatch(@"\AHTTP/1\.1 (400|405)"));
    }

    [Theory, Trait("Abuse", "37")]
    [InlineData("X-HTTP-Method-Override")]
    [InlineData("X-Method-Override")]
    [InlineData("X-HTTP-Method")]
    public async Task A_method_beside_the_method(string header)
    {
        var walk = await new Walk(clinic).Registered();
        await clinic.ChangesNothing(async () => (await clinic.PostRaw(Plan, Body(walk), walk.Therapist, (header, "GET"))).Refused("malformed", 400));
    }

    [Theory, Trait("Abuse", "38")]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/json-patch+json")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/jsonx")]
    public async Task Another_content_type(string type)
    {
        var walk = await new Walk(clinic).Registered();
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Body(walk)));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        await clinic.ChangesNothing(async () =>
            (await clinic.Request(HttpMethod.Post, "intake", "/commands/" + Plan, clinic.Tokens.For(walk.Therapist), content)).Answer.Refused("unsupported_media_type", 415));
    }

    [Fact, Trait("Abuse", "41")]
    public async Task A_line_break_in_a_header()
    {
        var walk = await new Walk(clinic).Registered();
        foreach (var value in new[] { "x\r\nX-User-Id: op-1", "x\nSet-Cookie: a=b", "x\rSet-Cookie: a=b", "x\0y" })
        {
            var body = Body(walk);
            var request = Head("POST", "/commands/" + Plan, clinic.Tokens.For(walk.Therapist), "Content-Type: application/json", $"Content-Length: {body.Length}",
                "Idempotency-Key: " + value, "Connection: close") + body;
            var answer = await clinic.Raw("intake", Encoding.ASCII.GetBytes(request));
            answer.ShouldNotContain("Set-Cookie");
            // a whole line break makes another header, which says nothing here
            answer.ShouldMatch(value.Contains("\r\n", StringComparison.Ordinal) ? @"\AHTTP/1\.1 200" : @"\AHTTP/1\.1 (400|200)");
        }
        (await clinic.Ledger("intake").Rows("select distinct user_name as who from mt_events where type = 'emergency_plan_recorded' and data ->> 'clientId' = $1", walk.ClientId))
            .ShouldHaveSingleItem()["who"]!.GetValue<string>().ShouldBe(walk.Therapist.Id);
    }

    [Fact, Trait("Abuse", "42")]
    public async Task A_reader_who_leaves_before_the_answer_has_still_been_shown_it()
    {
        var walk = await new Walk(clinic).Registered();
        using (var client = new TcpClient { LingerState = new LingerOption(true, 0) })
        {
            await client.ConnectAsync(clinic["consent"].Url.Host, clinic["consent"].Url.Port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(Head("GET", $"/clients/{walk.ClientId}/consents", clinic.Tokens.For(walk.Therapist), "Purpose-Of-Use: TREAT")));
            // long enough to be answered; nothing of the answer is read
            await Task.Delay(500);
        }
        (await clinic.Ledger("consent").Count("record_viewed", "clientId", walk.ClientId)).ShouldBe(1);
    }

    private static string Head(string method, string path, string token, params string[] headers) =>
        $"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n";

    private static string Body(Walk walk) =>
        $$"""{"clientId":"{{walk.ClientId}}","contactRef":"v","usualLocationRef":"v","localServices":"near","reviewBy":"{{Walk.Day(9)}}"}""";
}
