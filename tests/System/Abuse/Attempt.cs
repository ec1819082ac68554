using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace Clinic.SystemTests.Abuse;

/// <summary>Tries something and looks whether anything has come of it.</summary>
internal static class Attempt
{
    /// <summary>Runs an attempt that must leave every ledger as it was: no event in any service.</summary>
    public static async Task ChangesNothing(this RunningClinic clinic, Func<Task> attempt)
    {
        var before = await Settled(clinic);
        await attempt();
        (await Settled(clinic)).ShouldBe(before, "an event was stored");
    }

    /// <summary>Sends a request as it is, with any headers.</summary>
    public static async Task<(Answer Answer, HttpResponseMessage Response)> Request(
        this RunningClinic clinic, HttpMethod method, string service, string path, string? token, HttpContent? content = null, params (string, string)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(clinic[service].Url, path)) { Content = content };
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        var response = await clinic.Http.SendAsync(request);
        return (new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync()), response);
    }

    /// <summary>Sends a command's body as raw text.</summary>
    public static async Task<Answer> PostRaw(this RunningClinic clinic, string contract, string body, Person by, params (string, string)[] headers)
    {
        await clinic.Introduce(by);
        return (await clinic.Request(HttpMethod.Post, contract.Split('.')[0], "/commands/" + contract, clinic.Tokens.For(by),
            new StringContent(body, Encoding.UTF8, "application/json"), headers)).Answer;
    }

    /// <summary>Sends bytes that no polite client would send, and returns what came back before the server closed or fell silent.</summary>
    public static async Task<string> Raw(this RunningClinic clinic, string service, byte[] bytes, int seconds = 5)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(clinic[service].Url.Host, clinic[service].Url.Port);
        var stream = client.GetStream();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        var answer = new MemoryStream();
        var sending = Task.Run(async () =>
        {
            try { await stream.WriteAsync(bytes, patience.Token); } catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException) { }
        });
        try
        {
            var buffer = new byte[4096];
            while (await stream.ReadAsync(buffer, patience.Token) is var read and > 0) answer.Write(buffer, 0, read);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
        }
        await sending;
        return Encoding.UTF8.GetString(answer.ToArray());
    }

    /// <summary>Everything but the refusals themselves and audit's copies of them.</summary>
    private const string Stored = """
        select count(*) from mt_events where type <> 'access_denied' and (type <> 'public_event_recorded' or data ->> 'type' <> 'access.denied.v1')
        """;

    private static async Task<string> Settled(RunningClinic clinic)
    {
        var earlier = "";
        for (var same = 0; same < 2;)
        {
            var counts = new List<long>();
            foreach (var name in RunningClinic.Names) counts.Add(await clinic.Ledger(name).Value<long>(Stored));
            var now = string.Join(' ', counts);
            same = now == earlier ? same + 1 : 0;
            earlier = now;
            await Task.Delay(100);
        }
        return earlier;
    }
}
