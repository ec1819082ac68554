using System.Security.Cryptography;
using Clinic.Cli.Tenants;

namespace Clinic.Cli.Secrets;

/// <summary>What one installation needs to have before its first start.</summary>
public static class Installation
{
    private static readonly string[] Services = ["intake", "consent", "session", "feedback", "audit"];

    public static void Create(SecretFolder folder, bool production)
    {
        var id = folder.Once("installation-id", () => Guid.NewGuid().ToString());
        folder.Once("mac-key-id", () => "k1");
        folder.Password("pg-superuser");
        folder.Password("pg-backup");
        foreach (var service in Services)
        {
            folder.Password($"db-{service}-app");
            folder.Password($"db-{service}-worker");
            folder.Password($"vault-{service}");
            KeyPairs.Sealing(folder, service);
            KeyPairs.Checkpoint(folder, Guid.Parse(id), service);
            folder.Once($"mac-key-{service}", () => RandomNumberGenerator.GetHexString(64, lowercase: true));
            folder.Once($"kek-{service}", () => RandomNumberGenerator.GetHexString(64, lowercase: true));
        }

        KeyPairs.Witness(folder, Guid.Parse(id));
        if (!production) KeyPairs.Create(folder, "token");
        KeyPairs.Create(folder, "release");
        Certificates.Create(folder, id);
        RenderDefinitions(folder);
    }

    /// <summary>What the broker loads: the template, and the clinic systems whose passwords lie in the folder beside its own.</summary>
    public static void RenderDefinitions(SecretFolder folder)
    {
        var known = BrokerDefinitions.Template()["users"]!.AsArray().Select(user => user!["name"]!.GetValue<string>()).ToHashSet();
        var added = folder.Names("bus-").Where(user => !known.Contains(user))
            .Select(user => ClinicSystem.TryParse(user, out var system) ? system : null).OfType<ClinicSystem>().ToArray();
        folder.Derived("definitions.json", BrokerDefinitions.Render(folder.Read("installation-id"), user => folder.Password($"bus-{user}"), added));
    }
}
