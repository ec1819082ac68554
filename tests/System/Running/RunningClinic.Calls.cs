using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Clinic.SystemTests.Running;

/// <summary>Who calls the clinic over HTTP, and how: everybody is introduced before their first call.</summary>
public sealed partial class RunningClinic
{
    private readonly ConcurrentDictionary<(string, string), Lazy<Task>> introduced = new();

    /// <summary>Has somebody linked to their subject, once, and waits until every service knows.</summary>
    public async Task Introduce(Person person)
    {
        if (!person.IsLinked) return;
        var key = (person.Tenant, person.Subject);
        try
        {
            await introduced.GetOrAdd(key, _ => new(() => Link(person))).Value;
        }
        catch
        {
            introduced.TryRemove(key, out _);
            throw;
        }
    }

    /// <summary>Makes somebody a client's therapist of record and waits until every service knows.</summary>
    public async Task Assign(string clientId, Person therapist)
    {
        await Introduce(therapist);
        (await Post("intake.assign-therapist.v1", new { clientId, practitionerId = therapist.Id }, Person.Operator(therapist.Tenant))).Accepted();
        await Everywhere("select exists (select from mt_events where type = 'therapist_assigned' and data ->> 'clientId' = $1 and tenant_id = $2 and data ->> 'practitionerId' = $3)",
            $"{therapist.Id} assigned to {clientId}", clientId, therapist.Tenant, therapist.Id);
    }

    /// <summary>Waits until something holds in every service that follows the access facts.</summary>
    public async Task Everywhere(string sql, string what, params object[] parameters)
    {
        foreach (var service in Followers) await Eventually.True(() => Ledger(service).Value<bool>(sql, parameters), $"{service}: {what}");
    }

    private async Task Link(Person person)
    {
        var hash = SubjectHash(person.Subject);
        object link = person.Role == "client"
            ? new { issuer = Tokens.Issuer, subject = person.Subject, clientId = person.Id }
            : new { issuer = Tokens.Issuer, subject = person.Subject, practitionerId = person.Id };
        (await Post("intake.link-subject.v1", link, Person.Operator(person.Tenant))).Accepted();
        await Everywhere("select exists (select from mt_events where type = 'subject_linked' and data ->> 'subjectHash' = $1 and tenant_id = $2)",
            $"{person.Subject} linked", hash, person.Tenant);
    }

    /// <summary>As the contract says: SHA-256 over issuer, zero, subject.</summary>
    public static string SubjectHash(string subject) => Walk.Hash(Tokens.Issuer + "\0" + subject);

    /// <summary>Sends a command over HTTP to the service its name begins with.</summary>
    public async Task<Answer> Post(string contract, object body, Person by, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(services[contract.Split('.')[0]].Url, "/commands/" + contract));
        request.Content = new StringContent(JsonSerializer.Serialize(body, Answer.Json), Encoding.UTF8, "application/json");
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return await Send(request, by);
    }

    /// <summary>Reads a view.</summary>
    /// <param name="receipt">Of a command whose effect must be in the view.</param>
    public async Task<Answer> Get(string service, string path, Person by, string? purpose = "TREAT", string? receipt = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(services[service].Url, path));
        if (purpose is not null) request.Headers.Add("Purpose-Of-Use", purpose);
        if (receipt is not null) request.Headers.Add("Receipt", receipt);
        return await Send(request, by);
    }

    /// <summary>Reads a list to its end: other tests' rows share the clinic, so what is looked for may be on any page.</summary>
    public async Task<JsonNode[]> List(string service, string path, Person by, string? purpose = "TREAT")
    {
        var rows = new List<JsonNode>();
        for (var next = path; next is not null;)
        {
            await Introduce(by);
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(services[service].Url, next));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens!.For(by));
            if (purpose is not null) request.Headers.Add("Purpose-Of-Use", purpose);
            using var response = await http.SendAsync(request);
            var answer = new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync()).Accepted();
            rows.AddRange(answer.Body.AsArray().Select(row => row!));
            next = response.Headers.TryGetValues("Next-Cursor", out var cursor) ? $"{path}{(path.Contains('?') ? '&' : '?')}cursor={cursor.Single()}" : null;
        }
        return [.. rows];
    }

    /// <summary>Asks for something that is no command of the bus.</summary>
    public async Task<Answer> PostTo(string service, string path, Person by, string purpose)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(services[service].Url, path));
        request.Headers.Add("Purpose-Of-Use", purpose);
        return await Send(request, by);
    }

    /// <summary>Fetches a permitted package and opens it; the hash is of what was in it.</summary>
    public async Task<(Answer Answer, string? ContentHash)> Release(string disclosureId, Person by, RecipientKey? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(services["consent"].Url, $"/disclosures/{disclosureId}/release"));
        var answer = await Send(request, by);
        if (answer.Status != 200) return (answer, null);
        var plain = (key ?? RecipientKey.Shared).Open(answer.Text);
        return (answer with { Text = Encoding.UTF8.GetString(plain) }, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(plain)));
    }

    private async Task<Answer> Send(HttpRequestMessage request, Person by)
    {
        await Introduce(by);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens!.For(by));
        using var response = await http.SendAsync(request);
        return new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
