using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Clinic.SystemTests;

/// <summary>Backups by the scripts that people use, on an installation of their own.</summary>
public sealed class Drills
{
    [Fact, Trait("Scenario", "S46"), Trait("Scenario", "T55")]
    public async Task A_backup_is_restored_to_any_instant_keeps_the_erased_erased_and_a_rewritten_one_is_refused_by_position()
    {
        await using var stack = new StackOfItsOwn();
        await stack.Up();
        Good(await stack.Run("backup"));
        Good(await stack.PlayStory());

        // out of a base backup that knew nothing of it, to just before an erasure: the keys are there again, and die again before anybody could use them
        var before = await stack.Value<DateTime>("intake", "select min(timestamp) - interval '200 milliseconds' from mt_events where type = 'keys_erasing'");
        var then = Good(await stack.Run("drill", "--at", before.ToString("O")));
        Row(then, "consent").ShouldMatch(@"ok events=\d+ .* 1\s*$");
        Row(then, "intake").ShouldMatch(@"ok events=\d+ .* [1-9]\s*$");
        then.ShouldContain("the backup is what was signed");
        (await stack.Value<long>("audit", "select count(*) from mt_events where type = 'backup_restore_tested' and (data ->> 'passed')::boolean")).ShouldBe(5);

        // somebody with the backup in hand moves a withdrawal
        Good(await stack.Run("backup", "take"));
        var written = await stack.Value<string>("consent", "select data ->> 'effectiveAt' from mt_events where type = 'consent_withdrawn' order by seq_id limit 1");
        var backup = new BaseBackup(stack);
        await backup.Rewrite(await stack.Value<string>("consent", "select pg_relation_filepath('mt_events')"), written, "2099" + written[4..]);
        var clumsy = await stack.Run("drill");
        (clumsy.Code, clumsy.Said.Contains("is not what its manifest says", StringComparison.Ordinal)).ShouldBe((1, true), clumsy.Said);
        // and makes the manifest fit, which nobody signs
        await backup.MendManifest();
        var (code, said) = await stack.Run("drill");
        Row(said, "session").ShouldContain($"ok events={await stack.Value<long>("session", "select count(*) from mt_events")} ", customMessage: said);
        var named = Regex.Match(Row(said, "consent"), @"bad position=(\d+) why=event-changed flaws=1 ");
        (code, named.Success).ShouldBe((1, true), said);
        // one that says so where nobody has touched it
        (await stack.Value<string>("consent", $"select e.data::text from mt_events e join clinic.log l using (seq_id) where l.position = {named.Groups[1].Value}")).ShouldContain(written);
        (await stack.Value<long>("audit", "select count(*) from mt_events where type = 'security_incident_raised' and data ->> 'severity' = 'critical'")).ShouldBe(1);
    }

    private static string Good((int Code, string Said) done)
    {
        done.Code.ShouldBe(0, done.Said);
        return done.Said;
    }

    private static string Row(string table, string service) => table.Split('\n').Single(line => line.TrimStart().StartsWith(service + " ", StringComparison.Ordinal)).TrimEnd();

    /// <summary>The newest base backup as a file somebody can write to.</summary>
    private sealed class BaseBackup(StackOfItsOwn stack)
    {
        private readonly string folder = Directory.GetDirectories(Path.Combine(stack.Folder, "backups", "base"), "2*Z").Order(StringComparer.Ordinal).Last();
        private string file = "", was = "", became = "";

        public async Task Rewrite(string path, string from, string to)
        {
            var opened = Path.Combine(stack.Folder, "opened");
            Good(await stack.Shell("bash", "-c", $"mkdir {opened} && tar -xzf {folder}/base.tar.gz -C {opened}"));
            var bytes = await File.ReadAllBytesAsync(Path.Combine(opened, path));
            (file, was) = (path, Convert.ToHexStringLower(SHA256.HashData(bytes)));
            var at = bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(from));
            at.ShouldBeGreaterThan(0, "the event to stand in the file");
            Encoding.UTF8.GetBytes(to).CopyTo(bytes, at);
            became = Convert.ToHexStringLower(SHA256.HashData(bytes));
            await File.WriteAllBytesAsync(Path.Combine(opened, path), bytes);
            Good(await stack.Shell("bash", "-c", $"tar -czf {folder}/base.tar.gz -C {opened} --exclude=./pg_wal/* . && chown --reference={folder} {folder}/base.tar.gz"));
        }

        public async Task MendManifest()
        {
            var manifest = Path.Combine(folder, "backup_manifest");
            var text = (await File.ReadAllTextAsync(manifest)).Replace(was, became, StringComparison.Ordinal);
            text.ShouldContain(became, customMessage: file);
            var signed = text[..text.IndexOf("\"Manifest-Checksum\"", StringComparison.Ordinal)];
            await File.WriteAllTextAsync(manifest, signed + Regex.Replace(text[signed.Length..], "[0-9a-f]{64}", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(signed)))));
        }
    }
}
