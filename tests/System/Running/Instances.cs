using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Clinic.SystemTests.Running;

/// <summary>
/// Two instances of services, and a caller that knows both: it asks them in turn, and when one does not answer it asks the other
/// with the same idempotency key, as a load balancer and a careful client would.
/// </summary>
public sealed class Instances : IAsyncDisposable
{
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(8) };
    private readonly Dictionary<string, ServiceProcess> first;
    private readonly Dictionary<string, ServiceProcess> second;
    private readonly Tokens tokens;
    private int turn;

    private Instances(RunningClinic clinic, string[] services)
    {
        first = RunningClinic.Names.ToDictionary(name => name, name => clinic[name]);
        second = services.ToDictionary(name => name, name => clinic[name].Again([]));
        tokens = clinic.Tokens;
    }

    /// <summary>Those that were there before, and so lead.</summary>
    public IReadOnlyCollection<ServiceProcess> First => [.. first.Values.Where(service => second.ContainsKey(service.Name))];

    public IReadOnlyCollection<ServiceProcess> Second => second.Values;

    /// <summary>How often a caller had to turn to the other instance.</summary>
    public int Turned { get; private set; }

    public static async Task<Instances> Of(RunningClinic clinic, params string[] services)
    {
        var instances = new Instances(clinic, services);
        foreach (var service in instances.Second) service.Start();
        await Task.WhenAll(instances.Second.Select(service => service.Ready()));
        return instances;
    }

    public async Task<Answer> Post(string contract, object body, Person by)
    {
        var key = Guid.NewGuid().ToString();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var (answer, _) = await Send(HttpMethod.Post, Next(contract.Split('.')[0]), "/commands/" + contract, by, body, key);
                if (answer.Status < 500) return answer;
            }
            catch (Exception e) when (attempt < 40 && e is HttpRequestException or OperationCanceledException)
            {
            }
            Turned++;
            await Task.Delay(100);
        }
    }

    /// <summary>Reads a view of the first instance, with what its answer says of itself.</summary>
    public Task<(Answer Answer, HttpResponseHeaders Headers)> Get(string service, string path, Person by) =>
        Send(HttpMethod.Get, first[service], path, by, null, null);

    public async ValueTask DisposeAsync()
    {
        foreach (var service in second.Values)
        {
            await service.Thaw();
            await service.DisposeAsync();
            await service.KeepLog(service.Name + "-second");
        }
        http.Dispose();
    }

    private ServiceProcess Next(string service) => Interlocked.Increment(ref turn) % 2 == 0 ? first[service] : second[service];

    private async Task<(Answer Answer, HttpResponseHeaders Headers)> Send(HttpMethod method, ServiceProcess to, string path, Person by, object? body, string? key)
    {
        using var request = new HttpRequestMessage(method, new Uri(to.Url, path));
        if (body is not null) request.Content = new StringContent(JsonSerializer.Serialize(body, Answer.Json), Encoding.UTF8, "application/json");
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        request.Headers.Add("Purpose-Of-Use", "TREAT");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens.For(by));
        using var response = await http.SendAsync(request);
        return (new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync()), response.Headers);
    }
}
