using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Clinic.Cli.Tokens;

namespace Clinic.Cli.Simulate;

/// <summary>What came back for a command, over either door.</summary>
/// <param name="Code">Of a refusal; null when it was accepted.</param>
internal sealed record Reply(string? Code, string Text)
{
    public bool Accepted => Code is null;

    public static Reply Of(bool accepted, string text) =>
        new(accepted ? null : JsonNode.Parse(text)?["code"]?.GetValue<string>() ?? "unknown", text);
}

/// <summary>The services over HTTP, as people and programs with a token meet them.</summary>
/// <param name="tokenKey">Of development tokens.</param>
internal sealed class Door(Installed installed, string tokenKey) : IDisposable
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private const int Tries = 40;

    private readonly Dictionary<string, HttpClient> services = DevelopmentToken.Everyone.ToDictionary(s => s, installed.Client);

    /// <summary>Sends a command; when nobody answers, or is too busy to, the same one again.</summary>
    /// <param name="key">Recognises it when it is sent again.</param>
    public async Task<Reply> Post(string contract, object body, Caller by, string key, CancellationToken ct)
    {
        using var answer = await Send(contract.Split('.')[0], by, () => new HttpRequestMessage(HttpMethod.Post, "/commands/" + contract)
        {
            Content = new StringContent(JsonSerializer.Serialize(body, JsonSerializerOptions.Web), Encoding.UTF8, "application/json"),
            Headers = { { "Idempotency-Key", key }, { "Purpose-Of-Use", "TREAT" } }
        }, ct);
        return Reply.Of(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(ct));
    }

    /// <summary>Fetches a package that was permitted; it stays closed.</summary>
    public async Task<Reply> Release(string disclosureId, Caller by, CancellationToken ct)
    {
        using var answer = await Send("consent", by, () => new HttpRequestMessage(HttpMethod.Post, $"/disclosures/{disclosureId}/release"), ct);
        return Reply.Of(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(ct));
    }

    /// <summary>All pages of a list.</summary>
    public async Task<List<JsonNode>> List(string service, string path, Caller by, string purpose, CancellationToken ct)
    {
        var rows = new List<JsonNode>();
        var attempt = 1;
        for (string? cursor = null; ;)
        {
            var address = cursor is null ? path : $"{path}{(path.Contains('?') ? '&' : '?')}cursor={Uri.EscapeDataString(cursor)}";
            using var answer = await Send(service, by, () => new HttpRequestMessage(HttpMethod.Get, address) { Headers = { { "Purpose-Of-Use", purpose } } }, ct);
            var text = await answer.Content.ReadAsStringAsync(ct);
            if (!answer.IsSuccessStatusCode)
            {
                var code = Reply.Of(false, text).Code;
                // who has just come is known to intake, and within seconds to everybody
                if (code != "subject_not_linked" || attempt++ == Tries) throw new IOException($"{service}{path}: {(int)answer.StatusCode} {code}");
                await Task.Delay(Pause, ct);
                continue;
            }
            rows.AddRange(JsonNode.Parse(text)!.AsArray().Select(row => row!));
            cursor = answer.Headers.TryGetValues("Next-Cursor", out var next) ? next.Single() : null;
            if (cursor is null) return rows;
        }
    }

    public void Dispose()
    {
        foreach (var service in services.Values) service.Dispose();
    }

    private async Task<HttpResponseMessage> Send(string service, Caller by, Func<HttpRequestMessage> make, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var request = make();
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", DevelopmentToken.Mint(tokenKey, by, Life, TimeProvider.System.GetUtcNow()));
                var answer = await services[service].SendAsync(request, ct);
                if (answer.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable) || attempt == Tries) return answer;
                answer.Dispose();
            }
            catch (HttpRequestException) when (attempt < Tries)
            {
                // it is restarting, perhaps: what was sent may have had its effect, and the key says so
            }
            await Task.Delay(Pause, ct);
        }
    }
}
