using System.CommandLine;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Clinic.Cli.Tokens;

namespace Clinic.Cli.Trail;

/// <summary><c>clinic trail</c>.</summary>
public static class TrailCommand
{
    public static Command Build()
    {
        var client = new Option<string>("--client") { Description = "Whose record.", Required = true };
        var tenant = new Option<string>("--tenant") { Description = "Its clinic; needed unless --token says so." };
        var token = new Option<string>("--token") { Description = "An auditor's bearer token; default a development token." };
        var purpose = new Option<string>("--purpose") { Description = "Why, as a purpose-of-use code; default HOPERAT.", DefaultValueFactory = _ => "HOPERAT" };
        var json = new Option<bool>("--json");
        var command = new Command("trail", """
            Who did what with one client's record, when, why, and under which consent, as the audit service has it. Asking is
            itself recorded: it is a look at a record.

            Exit codes: 0 done, 1 audit does not answer or says no, 2 wrong usage, 3 no token, and this is not Development.
            """) { client, tenant, token, purpose, json };
        command.SetAction((parsed, ct) => ExitCode.Of(async () =>
        {
            var installed = Installed.Here();
            var bearer = parsed.GetValue(token) ?? Mint(installed, parsed.GetValue(tenant));
            using var audit = installed.Client("audit");
            var rows = await Read(audit, bearer, parsed.GetRequiredValue(client), parsed.GetRequiredValue(purpose), ct);
            if (parsed.GetValue(json)) Output.Json(rows);
            else
            {
                Output.Table(["at", "what", "actor", "role", "for", "purpose", "directive", "reason", "hash"], rows.Select(row => new[]
                {
                    At(row), Text(row, "type"), Text(row, "actor"), Text(row, "actorRole"), Text(row, "onBehalfOf"), Text(row, "purposeOfUse"),
                    Directive(row), Text(row, "reason"), Text(row, "eventHash") is { Length: > 12 } hash ? hash[..12] : null
                }));
                Console.WriteLine($"trail: {rows.Count} events");
            }
            return ExitCode.Done;
        }));
        return command;
    }

    private static string Mint(Installed installed, string? tenant)
    {
        if (tenant is null) throw new UsageException("--tenant: which clinic's auditor asks");
        return DevelopmentToken.Mint(TokenCommand.Key(installed.SecretsDirectory), new Caller("clinic-cli", "auditor", tenant), TimeSpan.FromMinutes(5), TimeProvider.System.GetUtcNow());
    }

    /// <summary>All pages, in the order in which things happened.</summary>
    private static async Task<List<JsonNode>> Read(HttpClient http, string token, string client, string purpose, CancellationToken ct)
    {
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        http.DefaultRequestHeaders.Add("Purpose-Of-Use", purpose);
        var rows = new List<JsonNode>();
        for (var cursor = ""; ;)
        {
            using var response = await http.GetAsync($"/trail?clientId={Uri.EscapeDataString(client)}{cursor}", ct);
            if (!response.IsSuccessStatusCode) throw new IOException($"audit said {(int)response.StatusCode}: {Output.Printable(await response.Content.ReadAsStringAsync(ct))}");
            var page = (await response.Content.ReadFromJsonAsync<JsonArray>(ct))!.Select(row => row!).ToList();
            rows.AddRange(page);
            if (!response.Headers.TryGetValues("Next-Cursor", out var next)) return rows;
            cursor = "&cursor=" + next.Single();
        }
    }

    private static string At(JsonNode row) => row["at"]!.GetValue<DateTimeOffset>().UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string? Text(JsonNode row, string name) => row[name]?.GetValue<string>();

    private static string? Directive(JsonNode row) => Text(row, "directiveId") is { } id ? $"{id} v{row["directiveVersion"]}" : null;
}
