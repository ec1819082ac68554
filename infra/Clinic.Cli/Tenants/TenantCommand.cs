using System.CommandLine;

namespace Clinic.Cli.Tenants;

/// <summary><c>clinic tenant add NAME</c>.</summary>
public static class TenantCommand
{
    public static Command Build()
    {
        var name = new Argument<string>("NAME") { Description = "Small letters, digits and hyphens; part of every stream's key and every routing key, for ever." };
        var system = new Option<string>("--system") { Description = "The clinic's program on the bus; default ehr.", DefaultValueFactory = _ => "ehr" };
        var json = new Option<bool>("--json");
        var add = new Command("add", """
            Lets a clinic in. Services know no list of tenants: a tenant exists when somebody speaks for it, over HTTP by the
            `tenant` claim of its tokens, on the bus by a user NAME.SYSTEM. This makes that user, with the rights of every clinic
            system, its two queues, and keeps its password as bus-NAME.SYSTEM in the secrets folder. Running it again changes
            nothing. More systems of the same clinic: clinic system add.

            Exit codes: 0 done, 1 the broker does not answer, 2 wrong usage, 3 the name is not allowed.
            """) { name, system, json };
        add.SetAction((parsed, ct) => ExitCode.Of(async () =>
        {
            var user = $"{parsed.GetRequiredValue(name)}.{parsed.GetRequiredValue(system)}";
            var added = ClinicSystems.Named(user);
            var file = await ClinicSystems.Add(Installed.Here(), added, ct);
            if (parsed.GetValue(json)) Output.Json(new { tenant = added.Tenant, user = added.User, password = file });
            else Console.WriteLine($"tenant {added.Tenant}: {ClinicSystems.Described(added, file)}");
            return ExitCode.Done;
        }));
        return new Command("tenant", "Clinics that keep their records here.") { add };
    }
}
