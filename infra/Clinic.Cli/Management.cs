using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Clinic.Messaging;

namespace Clinic.Cli;

/// <summary>The broker's management API, as admin.</summary>
public sealed class Management : IDisposable
{
    private readonly HttpClient http;
    private readonly string vhost;

    /// <param name="authority">Certificate authority of the broker; null where there is no TLS.</param>
    public Management(Uri address, BusSettings admin, string? authority = null)
    {
        vhost = Uri.EscapeDataString(admin.VirtualHost);
        http = new HttpClient(Tls.Handler(authority)) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(10) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"{admin.User}:{admin.Password}")));
    }

    /// <param name="path">Below <c>/api/</c>; <c>{vhost}</c> stands for ours.</param>
    public async Task<JsonNode[]> List(string path, CancellationToken ct) =>
        [.. (await http.GetFromJsonAsync<JsonArray>(Path(path), ct))!.Select(node => node!)];

    public async Task Put(string path, JsonObject body, CancellationToken ct)
    {
        using var response = await http.PutAsJsonAsync(Path(path), body, ct);
        response.EnsureSuccessStatusCode();
    }

    public async Task Post(string path, JsonObject body, CancellationToken ct)
    {
        using var response = await http.PostAsJsonAsync(Path(path), body, ct);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Gone already is gone.</summary>
    public async Task Delete(string path, CancellationToken ct)
    {
        using var response = await http.DeleteAsync(Path(path), ct);
        if (response.StatusCode != System.Net.HttpStatusCode.NotFound) response.EnsureSuccessStatusCode();
    }

    private string Path(string path) => "/api/" + path.Replace("{vhost}", vhost, StringComparison.Ordinal);

    public void Dispose() => http.Dispose();
}
