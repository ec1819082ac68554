using System.Text.Json.Nodes;

namespace Clinic.Tests.Contracts;

/// <summary>docs/openapi is what the services' endpoints are, and keeps what was released.</summary>
public sealed class OpenApiDocuments
{
    public static TheoryData<string> Services => [.. Published.Services];

    [Theory, MemberData(nameof(Services))]
    public void are_committed_as_the_endpoints_are(string service) => Published.MustEqual($"docs/openapi/{service}.json", Published.OpenApi(service));

    [Theory, MemberData(nameof(Services))]
    public void break_nothing_released(string service)
    {
        var current = JsonNode.Parse(Published.OpenApi(service))!;
        if (Published.Releasing) Published.Release(service, current);
        Breaking.OpenApi(Published.Released(service), current).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Services))]
    public void say_how_to_be_let_in_and_how_one_is_refused(string service)
    {
        var document = JsonNode.Parse(Published.OpenApi(service))!;
        document["components"]!["schemas"]!["Problem"]!["required"]!.AsArray().Select(n => n!.GetValue<string>()).ShouldContain("code");
        foreach (var (path, methods) in document["paths"]!.AsObject())
            foreach (var (_, operation) in methods!.AsObject())
            {
                var answers = operation!["responses"]!.AsObject();
                operation["security"]!.AsArray().ShouldHaveSingleItem();
                foreach (var status in new[] { "400", "401", "503" }) answers.ContainsKey(status).ShouldBeTrue($"{path} {status}");
                if (!path.StartsWith("/commands/", StringComparison.Ordinal)) continue;
                foreach (var status in new[] { "200", "403", "409", "412" }) answers.ContainsKey(status).ShouldBeTrue($"{path} {status}");
                Headers(operation).ShouldBe(["Idempotency-Key", "If-Match", "Correlation-Id", "Purpose-Of-Use"]);
                operation["summary"]!.GetValue<string>().ShouldNotBeNullOrWhiteSpace();
            }
    }

    private static IEnumerable<string> Headers(JsonNode operation) =>
        operation["parameters"]!.AsArray().Where(p => p!["in"]!.GetValue<string>() == "header").Select(p => p!["name"]!.GetValue<string>());
}
