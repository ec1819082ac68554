using System.CommandLine;
using System.Text.Json.Nodes;
using Clinic.Cli.Secrets;

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
            system, and keeps its password as bus-NAME.SYSTEM in the secrets folder. Running it again changes nothing.

            Exit codes: 0 done, 1 the broker does not answer, 2 wrong usage, 3 the name is not allowed.
            """) { name, system, json };
        add.SetAction((parsed, ct) => ExitCode.Of(async () =>
        {
            var user = $"{parsed.GetRequiredValue(name)}.{parsed.GetRequiredValue(system)}";
            if (!ClinicSystem.TryParse(user, out var added))
                throw new RefusedException($"'{Output.Printable(user)}': 1 to 41 small letters, digits or hyphens on each side of the dot, not beginning with a hyphen");
            if (Installed.Services.Contains(added.Tenant)) throw new RefusedException($"'{added.Tenant}' is a service's name");
            var file = await Add(Installed.Here(), added, ct);
            if (parsed.GetValue(json)) Output.Json(new { tenant = added.Tenant, user = added.User, password = file });
            else Console.WriteLine($"tenant {added.Tenant}: bus user {added.User}, password in {file}; it may send commands, and read {added.Tenant}.# into queues events.{added.User}.*");
            return ExitCode.Done;
        }));
        return new Command("tenant", "Clinics that keep their records here.") { add };
    }

    private static async Task<string> Add(Installed installed, ClinicSystem system, CancellationToken ct)
    {
        using var folder = SecretFolder.Open(installed.SecretsDirectory);
        var password = folder.Password($"bus-{system.User}");
        // a broker that is built anew from its definitions knows the system, too
        Installation.RenderDefinitions(folder);
        using var management = installed.Management();
        var definitions = BrokerDefinitions.Template();
        await management.Put($"users/{system.User}", new JsonObject
        {
            ["password_hash"] = BrokerDefinitions.Hash(folder.Read("installation-id"), system.User, password),
            ["hashing_algorithm"] = "rabbit_password_hashing_sha256",
            ["tags"] = ""
        }, ct);
        await management.Put($"permissions/{{vhost}}/{system.User}", Only(system.Entry(definitions, "permissions"), "configure", "write", "read"), ct);
        await management.Put($"topic-permissions/{{vhost}}/{system.User}", Only(system.Entry(definitions, "topic_permissions"), "exchange", "write", "read"), ct);
        return Path.Combine(installed.SecretsDirectory, $"bus-{system.User}");
    }

    private static JsonObject Only(JsonObject entry, params string[] members) =>
        new(members.Select(member => KeyValuePair.Create(member, entry[member]?.DeepClone())));
}
