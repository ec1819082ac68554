using System.CommandLine;

namespace Clinic.Cli.Tenants;

/// <summary><c>clinic system add|list|remove</c>.</summary>
public static class SystemCommand
{
    public static Command Build()
    {
        var tenant = new Argument<string>("TENANT") { Description = "The clinic it belongs to; it sees this clinic's events and no others." };
        var name = new Argument<string>("NAME") { Description = "The program, for example ehr; its bus user is TENANT.NAME." };
        var json = new Option<bool>("--json");
        return new Command("system", "Clinics' programs on the bus, each with a user and queues of its own.")
        {
            Add(tenant, name, json), List(json), Remove(tenant, name)
        };
    }

    private static Command Add(Argument<string> tenant, Argument<string> name, Option<bool> json)
    {
        var add = new Command("add", """
            Makes a bus user TENANT.NAME, bound to that tenant for good, with its rights, its queues reply.TENANT.NAME.main and
            events.TENANT.NAME.main (fed with the tenant's events), and its password as bus-TENANT.NAME in the secrets folder.
            Running it again changes nothing.

            Exit codes: 0 done, 1 the broker does not answer, 2 wrong usage, 3 the name is not allowed.
            """) { tenant, name, json };
        add.SetAction((parsed, ct) => ExitCode.Of(async () =>
        {
            var system = ClinicSystems.Named($"{parsed.GetRequiredValue(tenant)}.{parsed.GetRequiredValue(name)}");
            var file = await ClinicSystems.Add(Installed.Here(), system, ct);
            if (parsed.GetValue(json)) Output.Json(new { tenant = system.Tenant, user = system.User, password = file });
            else Console.WriteLine($"system: {ClinicSystems.Described(system, file)}");
            return ExitCode.Done;
        }));
        return add;
    }

    private static Command List(Option<bool> json)
    {
        var list = new Command("list", "Every clinic system the broker knows.") { json };
        list.SetAction((parsed, ct) => ExitCode.Of(async () =>
        {
            var systems = await ClinicSystems.List(Installed.Here(), ct);
            if (parsed.GetValue(json)) Output.Json(systems.Select(system => new { tenant = system.Tenant, name = system.System, user = system.User }));
            else Output.Table(["tenant", "system", "bus user"], systems.Select(system => new[] { system.Tenant, system.System, system.User }));
            return ExitCode.Done;
        }));
        return list;
    }

    private static Command Remove(Argument<string> tenant, Argument<string> name)
    {
        var remove = new Command("remove", """
            Shuts a system out at once: its user, with every connection it has, its queues with what is in them, its password.
            What it sent and what was answered stays in the log.

            Exit codes: 0 done (also when there was none), 1 the broker does not answer, 2 wrong usage, 3 it may not be removed.
            """) { tenant, name };
        remove.SetAction((parsed, ct) => ExitCode.Of(async () =>
        {
            var system = ClinicSystems.Named($"{parsed.GetRequiredValue(tenant)}.{parsed.GetRequiredValue(name)}");
            await ClinicSystems.Remove(Installed.Here(), system, ct);
            Console.WriteLine($"system: {system.User} is shut out");
            return ExitCode.Done;
        }));
        return remove;
    }
}
