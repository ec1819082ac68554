using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Clinic.SystemTests;

/// <summary>Records that an earlier version wrote, under today's version: nothing of them is lost, and one goes on.</summary>
[global::System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class Upgrading(RunningClinic clinic)
{
    public static TheoryData<string> Kept => [.. Directory.GetFiles(Folder, "*.tar.gz").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(Stack.Root, "tests/System/Corpora");

    [Theory, MemberData(nameof(Kept))]
    public async Task What_an_earlier_version_wrote_is_migrated_verified_folded_and_goes_on(string corpus)
    {
        await using var old = await OldInstallation.Restored(clinic, Path.Combine(Folder, corpus));
        var events = new Dictionary<string, long>();
        foreach (var service in RunningClinic.Names) events[service] = await old.Ledger(service).Value<long>("select size from clinic.log_head");
        await old.Migrate();
        await old.Start();
        foreach (var service in RunningClinic.Names)
        {
            // views that have new columns are filled again from the log
            await Eventually.True(() => old.Ledger(service).Value<bool>("select not exists (select from clinic.checkpoint where name not like 'relay%' and position < $1)", events[service] - 1), $"{service}'s views", 60);
            // who treats whom is known as of now
            if (service != "intake") await Eventually.True(() => old.Ledger(service).Value<bool>("select as_of > clock_timestamp() - interval '5 seconds' from clinic.consumer where producer = 'intake'"), $"{service} to hear intake", 60);
        }

        // streams fold, and keys of then open what was encrypted then: the client of the second story is treated on
        var clients = await old.Ledger("intake").Rows("select data ->> 'clientId' as id from mt_events where type = 'client_registered' order by seq_id");
        var (erased, treated) = (clients[0]["id"]!.GetValue<string>(), clients[1]["id"]!.GetValue<string>());
        var statement = (await Send(old, "consent", $"/clients/{treated}/accounting", "aud-1", "auditor", "HLEGAL")).Accepted().Body[0]!["purposeStatement"]!.GetValue<string>();
        statement.ShouldNotStartWith("~");
        statement.ShouldNotBe("(erased)");
        (await Send(old, "consent", $"/clients/{erased}/accounting", "aud-1", "auditor", "HLEGAL")).Accepted().Text.ShouldNotContain(statement);
        var version = await old.Ledger("intake").Value<long>("select version from mt_streams where id = $1", "client-" + treated);
        var plan = new { clientId = treated, contactRef = "contact-2", usualLocationRef = "place-2", localServices = "ward 2", reviewBy = Walk.Day(1) };
        (await Send(old, "intake", "/commands/intake.record-emergency-plan.v1", "login-of-ther-1", "therapist", "TREAT", plan)).Accepted().Version.ShouldBe(version + 1);

        foreach (var service in RunningClinic.Names)
            await Eventually.True(() => old.Ledger(service).Value<bool>("select max(size) >= (select size from clinic.log_head) from clinic.signed_checkpoint"), $"{service} to sign");
        var judged = RunningClinic.Names.ToDictionary(service => service, old.Judge);
        var compared = RunningClinic.Names.ToDictionary(service => service, old.CompareViews);
        foreach (var service in RunningClinic.Names)
        {
            (await judged[service]).Split('\n')[^1].ShouldMatch(@"^ok events=\d+ .* waiting=0$", service);
            (await compared[service]).Split('\n').ShouldAllBe(line => line.Contains(" is what the log makes (digest ", StringComparison.Ordinal));
        }
        (await old.Ledger("intake").Value<long>("select size from clinic.log_head")).ShouldBeGreaterThan(events["intake"]);
    }

    private async Task<Answer> Send(OldInstallation old, string service, string path, string subject, string role, string purpose, object? body = null)
    {
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, new Uri(old[service].Url, path));
        if (body is not null) request.Content = new StringContent(JsonSerializer.Serialize(body, Answer.Json), Encoding.UTF8, "application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", clinic.Tokens.For(new Person(subject, role), claims => claims["sub"] = subject));
        request.Headers.Add("Purpose-Of-Use", purpose);
        using var response = await clinic.Http.SendAsync(request);
        return new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
