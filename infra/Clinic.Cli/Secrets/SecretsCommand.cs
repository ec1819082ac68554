using System.CommandLine;

namespace Clinic.Cli.Secrets;

/// <summary><c>clinic secrets init DIR</c>.</summary>
public static class SecretsCommand
{
    public static Command Build()
    {
        var directory = new Argument<DirectoryInfo>("DIR") { Description = "Folder of the secrets; made (mode 700) when missing." };
        var production = new Option<bool>("--production")
        {
            Description = "Make no key that signs development tokens: identity comes from an authority of your own.",
        };
        var init = new Command("init", """
            Creates what is missing in DIR and overwrites no secret, so it may run before every start.

            One value per file, mode 600; public keys and certificates 644:
              installation-id, mac-key-id, mac-key-SERVICE, kek-SERVICE, vault-SERVICE, sealing-SERVICE.pem, pg-superuser, db-SERVICE-app,
              db-SERVICE-worker, bus-USER,
              checkpoint-SERVICE.pem + checkpoint-SERVICE.vkey, witness.pem + witness.vkey,
              token-signing.pem + token-public.pem (development only), release-signing.pem + release-public.pem,
              ca.key + ca.pem, server.key + server.pem.
            definitions.json is not a secret of its own but what the broker loads: it is rendered from the broker's
            template and the bus passwords, and rendered again when either changed.

            Exit codes: 0 done, 1 cannot write, 2 wrong usage, 3 half of a key pair is missing and was not replaced.
            """) { directory, production };
        init.SetAction(parsed => ExitCode.Of(() => Init(parsed.GetRequiredValue(directory).FullName, parsed.GetValue(production))));
        return new Command("secrets", "Passwords, keys and certificates of one installation.") { init };
    }

    private static void Init(string directory, bool production)
    {
        using var folder = SecretFolder.Open(directory);
        Installation.Create(folder, production);
        Console.WriteLine(folder.Created.Count == 0
            ? $"secrets: nothing missing in {directory}"
            : $"secrets: created {folder.Created.Count} files in {directory}");
    }
}
