using System.Net;
using System.Net.Http.Headers;

namespace Clinic.SystemTests.Abuse;

/// <summary>One who asks too much is told to wait, and what every answer says to browsers and caches.</summary>
public sealed class Floods(RunningClinic clinic)
{
    [Fact]
    public async Task One_subject_is_told_to_wait_and_the_others_are_not()
    {
        await using var service = clinic["intake"].Again(new() { ["Limits__SubjectPerSecond"] = "1" });
        service.Start();
        await service.Ready();
        var (greedy, modest) = (Person.Operator(), new Person("op-2", "operator"));

        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 15; i++) answers.Add(await Worklist(service, greedy));

        answers.Count(a => a.StatusCode == HttpStatusCode.OK).ShouldBeInRange(10, 13);
        var refused = answers.Last(a => a.StatusCode != HttpStatusCode.OK);
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThan(TimeSpan.Zero);
        new Answer(429, await refused.Content.ReadAsStringAsync()).Code.ShouldBe("too_many_requests");
        (await Worklist(service, modest)).StatusCode.ShouldBe(HttpStatusCode.OK);
        // whoever runs the service can still see that it lives
        for (var i = 0; i < 30; i++) (await service.Health("live"))!.Status.ShouldBe(200);
    }

    [Fact]
    public async Task One_clinic_is_told_to_wait_and_the_others_are_not()
    {
        await using var service = clinic["intake"].Again(new() { ["Limits__TenantPerSecond"] = "1" });
        service.Start();
        await service.Ready();

        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 15; i++) statuses.Add((await Worklist(service, new Person("op-" + i, "operator"))).StatusCode);

        statuses.ShouldContain(HttpStatusCode.TooManyRequests);
        (await Worklist(service, Person.Operator(Person.South))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/worklist", 200)]
    [InlineData("/nowhere", 404)]
    [InlineData("/clients/c-nobody/safety-card", 403)]
    [InlineData("/health/live", 200)]
    public async Task Every_answer_is_for_its_caller_alone(string path, int status)
    {
        var (answer, response) = await clinic.Request(HttpMethod.Get, "intake", path, clinic.Tokens.For(Person.Operator()), null, ("Purpose-Of-Use", "TREAT"));
        answer.Status.ShouldBe(status);
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        Header(response, "X-Content-Type-Options").ShouldBe("nosniff");
        Header(response, "Content-Security-Policy").ShouldBe("default-src 'none'; frame-ancestors 'none'");
        Header(response, "Referrer-Policy").ShouldBe("no-referrer");
        response.Headers.Contains("Server").ShouldBeFalse();
        response.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    private static string Header(HttpResponseMessage response, string name) => response.Headers.GetValues(name).Single();

    private async Task<HttpResponseMessage> Worklist(ServiceProcess service, Person by)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(service.Url, "/worklist"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", clinic.Tokens.For(by));
        return await clinic.Http.SendAsync(request);
    }
}
