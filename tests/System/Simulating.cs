using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Clinic.SystemTests;

/// <summary>The simulated clinic, as an operator starts it.</summary>
public sealed class Simulating(RunningClinic clinic)
{
    [Fact]
    public async Task Simulated_clients_leave_what_was_acknowledged_on_the_bus_in_the_trail_and_in_the_views()
    {
        // the plans of this seed have everything in them: a lost connection, a missed session, a worrying answer, sharing, withdrawing, repeats
        var (code, output, error) = await Simulate("--clients", "2", "--weeks", "2", "--seed", "9630", "--json");
        var report = JsonNode.Parse(output).ShouldNotBeNull(error);
        report["wrong"]!.AsArray().Select(line => line!.ToString()).ShouldBeEmpty();
        TestContext.Current.TestOutputHelper?.WriteLine(output);
        code.ShouldBe(0, error);
        report["clients"]!.GetValue<int>().ShouldBe(2);
        foreach (var played in new[] { "session.report-reconnection.v1", "feedback.resolve-alert.v1", "consent.request-disclosure.v1", "consent.withdraw-consent.v1" })
            report["acknowledged"]![played].ShouldNotBeNull(played);
        report["sentTwice"]!.GetValue<int>().ShouldBeGreaterThan(0);
        report["entries"]!.GetValue<long>().ShouldBeGreaterThan(report["commands"]!.GetValue<int>() / 2);
    }

    [Fact]
    public async Task It_plays_nothing_outside_development()
    {
        var (code, _, error) = await Run("Production");
        code.ShouldBe(3, error);
        error.ShouldContain("Development");
    }

    private Task<(int Code, string Output, string Error)> Simulate(params string[] arguments) => Run("Development", arguments);

    private async Task<(int Code, string Output, string Error)> Run(string environment, params string[] arguments)
    {
        var bin = Path.GetRelativePath(Path.Combine(Stack.Root, "tests/System"), AppContext.BaseDirectory);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(Stack.Root, "infra/Clinic.Cli", bin, "clinic.dll"), "simulate", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        foreach (var (name, value) in clinic.Settings) start.Environment[name] = value;
        foreach (var name in RunningClinic.Names) start.Environment["Services__" + name] = clinic[name].Url.ToString();
        start.Environment["ASPNETCORE_ENVIRONMENT"] = environment;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }
}
