using System.Text.Json;
using Clinic.Consent.Domain;
using Clinic.Contracts;
using Clinic.Hosting;

namespace Clinic.Consent.Service.Disclosing;

/// <summary>
/// Pulls content from the service that owns it, under a signed release. Its address is configured, <c>Services__session=https://…</c>:
/// this service knows who owns which category, never another service's tables.
/// </summary>
internal sealed class ContentOwners(IConfiguration configuration, IHttpClientFactory clients, ReleaseSigner signer, TimeProvider time)
{
    /// <summary>Who owns the category, and where.</summary>
    /// <exception cref="RuleViolation">Nobody does.</exception>
    public (string Owner, string Url) Demand(string category) =>
        RecordCategories.OwnerOf.TryGetValue(category, out var owner) && configuration[$"Services:{owner}"] is { Length: > 0 } url
            ? (owner, url)
            : throw new RuleViolation("category_unknown", $"No service here owns the category '{category}'.", "categories");

    /// <summary>One category's content, as its owner gave it, and what it left out.</summary>
    /// <exception cref="RuleViolation">Nobody owns the category, or its owner did not answer.</exception>
    public async Task<ReleasedItems<JsonElement>> Pull(SignedRelease release, CancellationToken ct)
    {
        var (owner, url) = Demand(release.Category);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{url.TrimEnd('/')}/released/{release.Category}");
        request.Headers.TryAddWithoutValidation("Authorization", "Release " + signer.Sign(release, owner, time.GetUtcNow()));
        try
        {
            using var client = clients.CreateClient();
            client.Timeout = TimeSpan.FromSeconds(10);
            using var response = await client.SendAsync(request, ct);
            response.EnsureSuccessStatusCode();
            return await response.Content.ReadFromJsonAsync<ReleasedItems<JsonElement>>(ct) ?? throw new JsonException();
        }
        catch (Exception e) when (e is HttpRequestException or JsonException || (e is TaskCanceledException && !ct.IsCancellationRequested))
        {
            throw new RuleViolation("owner_unavailable", $"The owner of '{release.Category}' did not answer; nothing was released.", "categories");
        }
    }
}
