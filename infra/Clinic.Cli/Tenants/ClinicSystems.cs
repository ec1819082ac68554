using System.Text.Json.Nodes;
using Clinic.Cli.Secrets;

namespace Clinic.Cli.Tenants;

/// <summary>Clinic systems on the broker and in the secrets folder.</summary>
internal static class ClinicSystems
{
    /// <exception cref="RefusedException">No name for one.</exception>
    public static ClinicSystem Named(string user)
    {
        if (!ClinicSystem.TryParse(user, out var system))
            throw new RefusedException($"'{Output.Printable(user)}': 1 to 41 small letters, digits or hyphens on each side of the dot, not beginning with a hyphen");
        return Installed.Services.Contains(system.Tenant) ? throw new RefusedException($"'{system.Tenant}' is a service's name") : system;
    }

    public static string Described(ClinicSystem system, string passwordFile) =>
        $"bus user {system.User}, password in {passwordFile}; it may send commands, hears answers in reply.{system.User}.main and {system.Tenant}.# in events.{system.User}.main";

    /// <returns>The file of its password.</returns>
    public static async Task<string> Add(Installed installed, ClinicSystem system, CancellationToken ct)
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
        foreach (var entry in system.Entries(definitions, "permissions"))
            await management.Put($"permissions/{{vhost}}/{system.User}", Only(entry, "configure", "write", "read"), ct);
        foreach (var entry in system.Entries(definitions, "topic_permissions"))
            await management.Put($"topic-permissions/{{vhost}}/{system.User}", Only(entry, "exchange", "write", "read"), ct);
        foreach (var entry in system.Entries(definitions, "queues"))
            await management.Put($"queues/{{vhost}}/{entry["name"]}", Only(entry, "durable", "auto_delete", "arguments"), ct);
        foreach (var entry in system.Entries(definitions, "bindings"))
            await management.Post($"bindings/{{vhost}}/e/{entry["source"]}/q/{entry["destination"]}", Only(entry, "routing_key", "arguments"), ct);
        return Path.Combine(installed.SecretsDirectory, $"bus-{system.User}");
    }

    /// <summary>Those of the definitions and those that were added, by name.</summary>
    public static async Task<IReadOnlyList<ClinicSystem>> List(Installed installed, CancellationToken ct)
    {
        using var management = installed.Management();
        return [.. (await management.List("users", ct)).Select(user => ClinicSystem.TryParse(user["name"]!.GetValue<string>(), out var system) ? system : null)
            .OfType<ClinicSystem>().OrderBy(system => system.User, StringComparer.Ordinal)];
    }

    /// <summary>Shuts it out: its user goes first, and with it every connection; then its queues and its password.</summary>
    public static async Task Remove(Installed installed, ClinicSystem system, CancellationToken ct)
    {
        if (BrokerDefinitions.Template()["users"]!.AsArray().Any(user => user!["name"]!.GetValue<string>() == system.User))
            throw new RefusedException($"{system.User} belongs to every installation: it would come back with the next start of the broker");
        using var management = installed.Management();
        await management.Delete($"users/{system.User}", ct);
        foreach (var queue in await management.List("queues/{vhost}", ct))
            if (queue["name"]!.GetValue<string>() is var name && (name.StartsWith($"reply.{system.User}.", StringComparison.Ordinal) || name.StartsWith($"events.{system.User}.", StringComparison.Ordinal)))
                await management.Delete($"queues/{{vhost}}/{Uri.EscapeDataString(name)}", ct);
        using var folder = SecretFolder.Open(installed.SecretsDirectory);
        File.Delete(Path.Combine(installed.SecretsDirectory, $"bus-{system.User}"));
        Installation.RenderDefinitions(folder);
    }

    private static JsonObject Only(JsonObject entry, params string[] members) =>
        new(members.Select(member => KeyValuePair.Create(member, entry[member]?.DeepClone())));
}
