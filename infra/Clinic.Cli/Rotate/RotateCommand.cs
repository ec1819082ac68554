using System.CommandLine;
using Clinic.Cli.Secrets;
using Clinic.EventLog.Keys;

namespace Clinic.Cli.Rotate;

/// <summary><c>clinic rotate KIND</c>.</summary>
public static class RotateCommand
{
    // services look at their key files every two seconds
    private static readonly TimeSpan Learnt = TimeSpan.FromSeconds(6);
    private static readonly string[] Kinds = ["kek", "mac", "sealing", "release", "token", "certificates"];
    private static readonly string[] Steps = ["add", "use", "retire"];

    public static Command Build()
    {
        var kind = new Argument<string>("KIND") { Description = "kek, mac, sealing, release, token or certificates." };
        var step = new Option<string>("--step") { Description = "add, use or retire; default add and then use, with a pause for services to learn the new key." };
        var json = new Option<bool>("--json");
        var command = new Command("rotate", """
            Replaces keys while everything runs. A new key is first accepted everywhere (add), then used (use); old ones are dropped only
            when asked (retire). Services read changed key files by themselves. Where each has a copy (docker compose), run the steps
            one by one and let `docker compose up init` hand the files out after each.
              kek           wraps the data keys: use also rewraps every key in the vault, retire wants none left under an old one
              mac           seals events: what an old key sealed is verified with it for ever, so there is no retire
              sealing       opens commands that were sealed for a service; retire what is older than anything still queued: about a day
              release       signs releases from consent to the owners of data
              token         signs development tokens
              certificates  a new server certificate from the installation's own authority, which clients trust already; the servers
                            take it at their next reload

            Exit codes: 0 done, 1 a database does not answer or a file cannot be written, 2 wrong usage, 3 old keys are still in use.
            """) { kind, step, json };
        command.SetAction((parsed, ct) => ExitCode.Of(async () =>
        {
            var (what, only) = (parsed.GetRequiredValue(kind), parsed.GetValue(step));
            if (!Kinds.Contains(what)) throw new UsageException($"KIND: one of {string.Join(", ", Kinds)}");
            if (only is not null && !Steps.Contains(only)) throw new UsageException($"--step: one of {string.Join(", ", Steps)}");
            var done = new List<string>();
            if (what == "certificates") done.AddRange(Renew(Installed.Here()));
            else
                foreach (var next in only is null ? ["add", "use"] : new[] { only })
                {
                    if (only is null && next == "use") await Task.Delay(Learnt, ct);
                    done.AddRange(await Run(Installed.Here(), what, next, only is null ? Learnt : TimeSpan.Zero, ct));
                }
            if (parsed.GetValue(json)) Output.Json(new { kind = what, done });
            else done.ForEach(line => Console.WriteLine($"rotate: {line}"));
            return ExitCode.Done;
        }));
        return command;
    }

    /// <summary>One step for every file of a kind.</summary>
    public static async Task<IReadOnlyList<string>> Run(Installed installed, string kind, string step, TimeSpan learnt, CancellationToken ct)
    {
        var done = new List<string>();
        using (var folder = SecretFolder.Open(installed.SecretsDirectory))
        {
            if (kind is "release" or "token")
            {
                done.Add(step switch { "add" => Pairs.Add(folder, kind), "use" => Pairs.Use(folder, kind), _ => Pairs.Retire(folder, kind) });
                return done;
            }
            if (kind == "mac" && step == "retire") throw new RefusedException("events of all times are verified with the keys that sealed them: none is dropped");
            foreach (var service in Installed.Services)
            {
                if (kind == "sealing")
                {
                    done.Add(step switch { "add" => SealingRing.Add(folder, service), "use" => SealingRing.Use(folder, service), _ => SealingRing.Retire(folder, service) });
                    continue;
                }
                var file = kind == "kek" ? $"kek-{service}" : $"mac-key-{service}";
                if (kind == "kek" && step == "retire") await MustBeUnused(installed, service, Rings.Read(folder, file), ct);
                done.Add(step switch { "add" => Rings.Add(folder, file), "use" => Rings.Use(folder, file), _ => Rings.Retire(folder, file) });
            }
        }
        if (kind != "kek" || step != "use") return done;
        // an instance that has not looked yet would still wrap a first key with the old one
        await Task.Delay(learnt, ct);
        foreach (var service in Installed.Services)
        {
            var settings = installed.Service(service);
            await using var vault = new KeyVault(settings.Vault);
            done.Add($"{service}: {await KeyRotation.Rewrap(vault, settings.KeyWrapping, ct)} data keys rewrapped");
        }
        return done;
    }

    private static async Task MustBeUnused(Installed installed, string service, KeyRing ring, CancellationToken ct)
    {
        await using var vault = new KeyVault(installed.Service(service).Vault);
        if ((await vault.NotUnder(ring.Current.Id, 1, ct)).Count > 0)
            throw new RefusedException($"{service} has data keys under an old key-encryption key: clinic rotate kek --step use");
    }

    private static List<string> Renew(Installed installed)
    {
        using var folder = SecretFolder.Open(installed.SecretsDirectory);
        if (!folder.Has("ca.key")) throw new RefusedException("ca.key is not here; a new certificate needs the authority's key");
        folder.Delete("server.pem");
        folder.Delete("server.key");
        Certificates.Create(folder, folder.Read("installation-id"));
        return ["server.pem and server.key are new; PostgreSQL takes them with pg_reload_conf(), RabbitMQ within two minutes"];
    }
}
