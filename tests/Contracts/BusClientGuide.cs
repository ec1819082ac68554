using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Clinic.Contracts;

namespace Clinic.Tests.Contracts;

/// <summary>What docs/guides/bus-client.md shows is what the services take.</summary>
public sealed partial class BusClientGuide
{
    private static readonly string Text = File.ReadAllText(Repository.Path("docs/guides/bus-client.md"));

    public static TheoryData<string, string> Payloads => [.. Json().Matches(Text).Select(m => (m.Groups[1].Value, m.Groups[2].Value))];

    [Theory, MemberData(nameof(Payloads))]
    public void every_payload_is_the_command_it_says(string contract, string payload)
    {
        var type = ContractTypes.Find(contract).ShouldNotBeNull();
        var command = JsonSerializer.Deserialize(payload, type, ContractJson.Options)!;
        // as a service checks it, too
        var validator = Domains.All[contract[..contract.IndexOf('.')]].GetExportedTypes().Single(t => t.Name == type.Name + "Validator");
        var check = (FluentValidation.IValidator)Activator.CreateInstance(validator)!;
        check.Validate((FluentValidation.IValidationContext)Activator.CreateInstance(typeof(FluentValidation.ValidationContext<>).MakeGenericType(type), command)!)
            .Errors.ShouldBeEmpty();
    }

    [Fact]
    public void every_command_that_consent_takes_from_the_bus_is_shown() =>
        Payloads.Select(row => row.Data.Item1).Where(contract => contract.StartsWith("consent.", StringComparison.Ordinal)).Append("consent.refuse-consent.v1").Order()
            .ShouldBe(Published.Access("consent")["queues"]!.AsArray().Select(q => q!.GetValue<string>()).Order());

    [Theory]
    [InlineData("intake.receive-referral.v1"), InlineData("intake.register-client.v1"), InlineData("intake.submit-screen.v1"), InlineData("intake.ask-referral-status.v1")]
    public void what_clients_come_by_is_shown(string contract) => Payloads.Select(row => row.Data.Item1).ShouldContain(contract);

    [Fact]
    public void its_python_is_python()
    {
        foreach (Match code in Python().Matches(Text))
        {
            using var python = Process.Start(new ProcessStartInfo("python3", ["-c", "import sys; compile(sys.stdin.read(), 'guide', 'exec')"]) { RedirectStandardInput = true })!;
            python.StandardInput.Write(code.Groups[1].Value);
            python.StandardInput.Close();
            python.WaitForExit();
            python.ExitCode.ShouldBe(0, code.Groups[1].Value);
        }
    }

    [GeneratedRegex("```json (\\S+)\\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Json();

    [GeneratedRegex("```python\\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Python();
}
