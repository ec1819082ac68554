using System.CommandLine;
using Clinic.Proof;

namespace Clinic.Cli.Verify;

/// <summary><c>clinic verify</c>.</summary>
public static class VerifyCommand
{
    public static Command Build()
    {
        var folder = new Argument<DirectoryInfo>("DIR") { Description = "What `clinic export-log` wrote." };
        var checkpoints = new Option<FileInfo[]>("--checkpoints") { Description = "File of checkpoints that was kept outside the database; may be given several times.", Required = true };
        var key = new Option<FileInfo>("--key") { Description = "The log's public key, a .vkey file that you got by another way than the export.", Required = true };
        var witness = new Option<FileInfo[]>("--witness") { Description = "Public key of a witness, a .vkey file; may be given several times." };
        var quorum = new Option<int>("--quorum") { Description = "How many of the witnesses must have cosigned the same checkpoint; all of them when not given." };
        var command = new Command("verify", """
            Says whether an exported log is what was written and signed. Works offline on files and a public key alone and
            recomputes everything: events, leaves, roots, signatures. The last line is the verdict; on a failure it names the
            first position that is wrong and why, and the lines before it name every flaw.

            Exit codes: 0 all of it holds, 1 something does not, 2 wrong usage.
            """) { folder, checkpoints, key, witness, quorum };
        command.SetAction((parsed, _) => ExitCode.Of(() =>
        {
            var pinned = VerifierKey.Parse(File.ReadAllText(parsed.GetRequiredValue(key).FullName).Trim());
            var witnesses = (parsed.GetValue(witness) ?? []).Select(file => VerifierKey.Parse(File.ReadAllText(file.FullName).Trim())).ToArray();
            if (parsed.GetValue(quorum) is var needed && (needed < 0 || needed > witnesses.Length)) throw new UsageException($"--quorum: 1 to {witnesses.Length}, the witnesses given");
            var verdict = Verifier.Run(parsed.GetRequiredValue(folder), [.. parsed.GetRequiredValue(checkpoints).Select(file => file.FullName)], pinned, witnesses, needed);
            foreach (var flaw in verdict.Flaws.Take(MaxShown)) Console.WriteLine(Output.Printable($"{flaw.Why}: {flaw.Detail}"));
            if (verdict.Flaws.Count > MaxShown) Console.WriteLine($"and {verdict.Flaws.Count - MaxShown} more");
            foreach (var restore in verdict.Restores ?? []) Console.WriteLine(Output.Printable($"restored: {restore}"));
            Console.WriteLine($"key {pinned.Fingerprint}");
            foreach (var one in witnesses) Console.WriteLine($"witness {one.Name} {one.Fingerprint}");
            Console.WriteLine(verdict);
            return Task.FromResult(verdict.Flaws.Count == 0 ? ExitCode.Done : ExitCode.Failed);
        }));
        return command;
    }

    private const int MaxShown = 100;
}
