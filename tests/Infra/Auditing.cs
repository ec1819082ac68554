using System.Diagnostics;
using System.Security.Cryptography;
using Clinic.Cli.ExportLog;
using Clinic.Cli.Verify;
using Clinic.EventLog;
using Clinic.EventLog.Proofs;
using Clinic.Proof;

namespace Clinic.Tests.Infra;

/// <summary>
/// The attacks of the design's table on a real database, by who owns it; each test names the layer that catches it. Two
/// verifiers that share no code judge every export, and must say the same.
/// </summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public class Auditing(Stack stack) : IAsyncLifetime
{
    private const int Events = 12;
    private const string Unlock = "alter table public.mt_events disable trigger user; alter table public.mt_streams disable trigger user; alter table clinic.log disable trigger user; alter table clinic.signed_checkpoint disable trigger user; ";

    // positions 4 and 5 change places, and their times are made to fit
    private const string Swap = """
        create temp table two as select * from clinic.log where position in (4, 5);
        delete from clinic.log where position in (4, 5);
        insert into clinic.log select 9 - position, seq_id, event_id, event_hash, mac, mac_key, (select min(logged_at) from two) from two
        """;

    private readonly NoteSigner signer = new(TreeKeeper.Origin(Stack.Installation, "probe"), SignatureKind.Signature, ECDsa.Create(ECCurve.NamedCurves.nistP256));
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("clinic-audit");
    private Probe probe = null!;

    private CheckpointFile Outside => new(Path.Combine(folder.FullName, "outside.jsonl"));

    protected virtual SchemaScript[] Scripts => [];

    protected virtual IEventStore Engine(Probe on, EventTypes types) => new EventStore(on.Database, types, Probe.Seal, on.Signals);

    // three streams of four versions, positions 0 to 11, all of it signed
    public async ValueTask InitializeAsync()
    {
        probe = await (await Probe.On(stack, Scripts)).WithSequencer();
        probe.Store = Engine(probe, Probe.Types);
        for (var n = 0; n < Events; n++) await probe.Append($"s{n % 3}", n / 3, new Counted(n, "é \"quoted\" 😂"));
        await probe.LogHas(Events);
        await probe.Start(new TreeKeeper(probe.Database, signer, Outside, probe.Signals, probe.Alarms, TimeProvider.System, probe.Log.For<TreeKeeper>()));
        await Eventually.True(async () => await probe.Test.Value<long>("select count(*) from clinic.signed_checkpoint") == 1, "a checkpoint");
        await probe.StopAll();
    }

    [Fact, Trait("Scenario", "T52")]
    public async Task what_nobody_touched_holds() => (await Judge()).ShouldBe($"ok events={Events} checkpoints=2 unsigned=0 waiting=0");

    [Theory]
    // L2: the event is not the one whose hash is in the leaf
    [InlineData("row edited", "update public.mt_events set data = '{\"amount\": 1000}' where seq_id = 5", "position=4 why=event-changed flaws=1"), Trait("Abuse", "61")]
    [InlineData("who did it edited", "update public.mt_events set user_name = 'another' where seq_id = 5", "position=4 why=event-changed flaws=1")]
    [InlineData("a number that was never written", "update public.mt_events set data = '{\"amount\": 1.50}' where seq_id = 5", "position=4 why=event-changed flaws=1")]
    [InlineData("two contents swapped", "update public.mt_events e set data = o.data from public.mt_events o where e.seq_id in (5, 8) and o.seq_id = 13 - e.seq_id", "position=4 why=event-changed flaws=2"), Trait("Abuse", "69")]
    // L2: a leaf without a row
    [InlineData("row deleted mid-stream", "delete from public.mt_events where seq_id = 5", "position=4 why=event-missing flaws=2")]
    [InlineData("whole stream deleted", "delete from public.mt_events where stream_id = 's1'; delete from public.mt_streams where id = 's1'", "position=1 why=event-missing flaws=4"), Trait("Abuse", "62")]
    // L2: a row without a leaf
    [InlineData("row inserted beside the log", "insert into public.mt_events (seq_id, id, stream_id, version, data, type, tenant_id) select 900, gen_random_uuid(), 's1', 5, '{}', 'counted', 'north'; update public.mt_streams set version = 5 where id = 's1'", "position=12 why=event-unlogged flaws=1"), Trait("Abuse", "66")]
    // L3: the leaves are not those that were signed
    [InlineData("hash edited beside the event", "update clinic.log set event_hash = sha256('x') where position = 4", "position=4 why=event-changed flaws=2"), Trait("Abuse", "73")]
    [InlineData("stream and leaves deleted, positions closed up", "delete from clinic.log l using public.mt_events e where e.seq_id = l.seq_id and e.stream_id = 's2'; delete from public.mt_events where stream_id = 's2'; delete from public.mt_streams where id = 's2'; update clinic.log l set position = -1 - n.p from (select seq_id, row_number() over (order by seq_id) - 1 as p from clinic.log) n where n.seq_id = l.seq_id; update clinic.log set position = -1 - position", "position=8 why=log-cut flaws=1")]
    [InlineData("two events reordered", Swap, "position=0 why=root-differs flaws=1")]
    // L3: fewer than were signed
    [InlineData("tail cut after its checkpoint", "delete from clinic.log where position >= 9; delete from public.mt_events where seq_id > 9; update public.mt_streams set version = 3", "position=9 why=log-cut flaws=1"), Trait("Abuse", "67")]
    [InlineData("old backup with everything of its time", "delete from clinic.log where position >= 9; delete from public.mt_events where seq_id > 9; update public.mt_streams set version = 3; update clinic.log_head set size = 9; delete from clinic.signed_checkpoint", "position=9 why=log-cut flaws=1"), Trait("Abuse", "68")]
    public async Task what_the_database_owner_did_is_found(string what, string sql, string verdict)
    {
        await probe.Test.AsSuperuser(Unlock + sql);
        (await Judge()).ShouldBe("bad " + verdict, what);
    }

    [Fact]
    public async Task a_row_forged_with_everything_but_the_key_is_caught_by_its_mac()
    {
        await probe.Test.AsSuperuser("""
            insert into public.mt_events (seq_id, id, stream_id, version, data, type, tenant_id) values (900, '00000000-0000-0000-0000-000000000001', 's1', 5, '{}', 'counted', 'north');
            update public.mt_streams set version = 5 where id = 's1';
            insert into clinic.log_queue select 900, id, sha256('forged'), sha256('forged'), 'k1' from public.mt_events where seq_id = 900
            """);
        await probe.WithSequencer();
        await probe.LogHas(Events + 1);
        (await Judge()).ShouldBe("bad position=12 why=event-changed flaws=2");
        probe.Alarms.Active.Keys.ShouldContain("bad-mac");
    }

    [Fact]
    public async Task an_event_whose_queue_row_was_deleted_is_a_row_without_a_leaf()
    {
        await probe.Append("s1", 4, new Counted(1));
        (await Judge()).ShouldBe($"ok events={Events + 1} checkpoints=2 unsigned=0 waiting=1");
        await probe.Test.AsSuperuser("delete from clinic.log_queue");
        (await Judge()).ShouldBe("bad position=12 why=event-unlogged flaws=1");
    }

    [Fact]
    public async Task the_last_moment_before_a_checkpoint_is_not_proven_and_the_verdict_says_how_much_that_is()
    {
        await probe.WithSequencer();
        await probe.Append("s1", 4, new Counted(1));
        await probe.LogHas(Events + 1);
        (await Judge()).ShouldBe($"ok events={Events + 1} checkpoints=2 unsigned=1 waiting=0");
        // cut before anybody signed it: only who heard of it on the bus could tell
        await probe.Test.AsSuperuser(Unlock + "delete from clinic.log where position = 12; delete from public.mt_events where version = 5; update public.mt_streams set version = 4 where id = 's1'");
        (await Judge()).ShouldBe($"ok events={Events} checkpoints=2 unsigned=0 waiting=0");
    }

    [Fact]
    public async Task history_rewritten_and_signed_again_with_the_stolen_key_differs_from_what_was_kept_elsewhere()
    {
        await probe.Test.AsSuperuser(Unlock + Swap + "; delete from clinic.signed_checkpoint");
        var range = new CompactRange();
        foreach (var data in await probe.Test.Column<byte[]>("select int8send(seq_id) || event_hash from clinic.log order by position")) range.Append(MerkleHash.Leaf(data));
        var forged = new Checkpoint(signer.Public.Name, Events, range.Root()).Sign(signer, DateTimeOffset.UtcNow);
        await probe.Test.AsSuperuser($"insert into clinic.signed_checkpoint (size, root, note, signed_at) values ({Events}, '\\x{Convert.ToHexString(range.Root())}', '{forged}', now())");
        (await Judge()).ShouldBe("bad position=0 why=root-differs flaws=1");
    }

    [Fact, Trait("Abuse", "88")]
    public async Task of_two_forks_that_were_both_signed_one_is_named()
    {
        await Outside.Append(new Checkpoint(signer.Public.Name, Events, new byte[32]).Sign(signer, DateTimeOffset.UtcNow), DateTimeOffset.UtcNow);
        (await Judge()).ShouldBe("bad position=12 why=root-differs flaws=1");
    }

    [Fact, Trait("Abuse", "81")]
    public async Task a_dump_that_was_cut_short_is_refused()
    {
        var export = await Export();
        var log = Path.Combine(export.FullName, "log.jsonl");
        var lines = await File.ReadAllLinesAsync(log);
        await File.WriteAllTextAsync(log, string.Concat(lines.Take(7).Select(line => line + "\n")));
        // the last five events are in no log now
        (await Judge(export)).ShouldBe("bad position=7 why=event-unlogged flaws=6");
        await File.WriteAllTextAsync(log, string.Join('\n', lines)[..^20]);
        (await Judge(export)).ShouldBe("bad position=-1 why=unreadable flaws=1");
        Verifier.Run(export, [Outside.Path!], signer.Public).Flaws.Single().Detail.ShouldStartWith($"log.jsonl: line {lines.Length} cannot be read");
        File.Delete(log);
        (await Judge(export)).ShouldBe("bad position=-1 why=unreadable flaws=1");
    }

    [Fact, Trait("Abuse", "82")]
    public async Task the_key_of_another_log_verifies_nothing()
    {
        using var other = new NoteSigner(TreeKeeper.Origin(Stack.Installation, "other"), SignatureKind.Signature, ECDsa.Create(ECCurve.NamedCurves.nistP256));
        (await Judge(await Export(), other.Public)).ShouldBe("bad position=-1 why=checkpoint-origin flaws=4");
    }

    [Theory]
    [InlineData("\n12\n", "\n13\n", "checkpoint-signature"), Trait("Abuse", "84")]
    [InlineData("", "", "checkpoint-format"), Trait("Abuse", "85")]
    public async Task a_checkpoint_that_was_edited_or_has_another_spelling_is_refused(string from, string to, string why)
    {
        var good = Outside.Last()!;
        var text = good.Text.Replace("\n12\n", "\n012\n", StringComparison.Ordinal);
        var edited = from.Length > 0 ? good with { Text = good.Text.Replace(from, to, StringComparison.Ordinal) } : new SignedNote(text, [signer.Sign(text, DateTimeOffset.UtcNow)]);
        await Outside.Append(edited, DateTimeOffset.UtcNow);
        (await Judge()).ShouldBe($"bad position=-1 why={why} flaws=1");
    }

    [Fact]
    public async Task the_databases_own_checkpoints_alone_are_no_evidence()
    {
        File.Delete(Outside.Path!);
        await File.WriteAllTextAsync(Outside.Path!, "");
        (await Judge()).ShouldBe("bad position=-1 why=no-checkpoint flaws=1");
    }

    [Fact]
    public async Task a_witness_that_was_asked_for_must_have_cosigned_and_its_signature_must_hold()
    {
        using var witness = new NoteSigner("clinic/test/witness", SignatureKind.Cosignature, ECDsa.Create(ECCurve.NamedCurves.nistP256));
        using var second = new NoteSigner("auditor/witness", SignatureKind.Cosignature, ECDsa.Create(ECCurve.NamedCurves.nistP256));
        (await Judge(witnesses: [witness.Public])).ShouldBe("bad position=-1 why=no-witness flaws=1");
        var note = Outside.Last()!;
        var cosigned = note.With(witness.Sign(note.Text, DateTimeOffset.UtcNow));
        // a note as a witness serves it, in a file of its own
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "witness.note"), cosigned.ToString());
        await Outside.Append(cosigned, DateTimeOffset.UtcNow);
        (await Judge(witnesses: [witness.Public])).ShouldBe($"ok events={Events} checkpoints=3 unsigned=0 waiting=0 unwitnessed=0");
        (await Judge(witnesses: [witness.Public, second.Public])).ShouldBe("bad position=-1 why=no-witness flaws=1");
        (await Judge(witnesses: [witness.Public, second.Public], quorum: 1)).ShouldBe($"ok events={Events} checkpoints=3 unsigned=0 waiting=0 unwitnessed=0");
        (await Judge(witnesses: [witness.Public], more: "witness.note")).ShouldBe($"ok events={Events} checkpoints=4 unsigned=0 waiting=0 unwitnessed=0");
        // a cosignature over another text, or by another key under that name
        await Outside.Append(note.With(witness.Sign(note.Text + "more\n", DateTimeOffset.UtcNow)), DateTimeOffset.UtcNow);
        (await Judge(witnesses: [witness.Public])).ShouldBe("bad position=-1 why=checkpoint-signature flaws=1");
        // who has not pinned the witness ignores its line
        (await Judge()).ShouldBe($"ok events={Events} checkpoints=4 unsigned=0 waiting=0");
    }

    [Fact, Trait("Abuse", "83")]
    public async Task a_signature_of_nobody_we_know_is_ignored()
    {
        using var stranger = new NoteSigner("who/knows", SignatureKind.Signature, ECDsa.Create(ECCurve.NamedCurves.nistP256));
        var note = Outside.Last()!;
        await Outside.Append(note.With(stranger.Sign(note.Text, DateTimeOffset.UtcNow)), DateTimeOffset.UtcNow);
        (await Judge()).ShouldBe($"ok events={Events} checkpoints=3 unsigned=0 waiting=0");
    }

    [Fact]
    public async Task after_a_deliberate_restore_what_is_left_holds_under_the_new_name_and_the_loss_is_said()
    {
        await probe.Test.AsSuperuser(Unlock + "delete from clinic.log where position >= 9; delete from public.mt_events where seq_id > 9; update public.mt_streams set version = 3; update clinic.log_head set size = 9; update clinic.tree set size = 9; update clinic.tile set hashes = substring(hashes for 9 * 32); delete from clinic.signed_checkpoint");
        (await Judge()).ShouldBe("bad position=9 why=log-cut flaws=1");
        var opened = await Reopen.Run(probe.Database, signer, Outside, ["op-1", "op-2"], "the disk broke", DateTimeOffset.UtcNow, CancellationToken.None);
        var key = signer.Public.Named(Checkpoint.Parse(opened.Text).Origin);
        (await Judge(await Export(), key)).ShouldBe("ok events=9 checkpoints=3 unsigned=0 waiting=0");
        // who still has the old name pinned is not told that all is well
        (await Judge()).ShouldBe("bad position=-1 why=checkpoint-signature flaws=3");
        // and a restore that admits less than was signed is named
        await Outside.Append(new Checkpoint(signer.Public.Name, Events + 1, new byte[32]).Sign(signer, DateTimeOffset.UtcNow), DateTimeOffset.UtcNow);
        (await Judge(await Export(), key)).ShouldBe("bad position=9 why=epoch-broken flaws=1");
    }

    public async ValueTask DisposeAsync()
    {
        await probe.DisposeAsync();
        signer.Dispose();
        folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    private async Task<DirectoryInfo> Export()
    {
        var export = new DirectoryInfo(Path.Combine(folder.FullName, Guid.NewGuid().ToString("N")));
        await using var connection = await probe.Database.Worker.OpenConnectionAsync();
        await LogExport.Write(connection, export, CancellationToken.None);
        return export;
    }

    private async Task<string> Judge(VerifierKey[]? witnesses = null, int quorum = 0, string? more = null) => await Judge(await Export(), null, witnesses, quorum, more);

    private IEnumerable<string> Witnesses(VerifierKey[]? witnesses)
    {
        foreach (var witness in witnesses ?? [])
        {
            var file = Path.Combine(folder.FullName, $"{witness.KeyId:x8}.vkey");
            File.WriteAllText(file, witness + "\n");
            yield return "--witness";
            yield return file;
        }
    }

    /// <summary>The verdict of both verifiers, which must be one.</summary>
    private async Task<string> Judge(DirectoryInfo export, VerifierKey? pinned = null, VerifierKey[]? witnesses = null, int quorum = 0, string? more = null)
    {
        string[] outside = more is null ? [Outside.Path!] : [Outside.Path!, Path.Combine(folder.FullName, more)];
        var verdict = Verifier.Run(export, outside, pinned ?? signer.Public, witnesses, quorum);
        foreach (var flaw in verdict.Flaws) TestContext.Current.TestOutputHelper?.WriteLine(flaw.ToString());
        var key = Path.Combine(folder.FullName, "log.vkey");
        await File.WriteAllTextAsync(key, (pinned ?? signer.Public) + "\n");
        var start = new ProcessStartInfo("/usr/bin/python3", ["-B", Path.Combine(Stack.Root, "infra/verify/verify.py"), export.FullName, .. outside.SelectMany(file => new[] { "--checkpoints", file }), "--key", key,
            .. Witnesses(witnesses), .. quorum > 0 ? ["--quorum", $"{quorum}"] : Array.Empty<string>()])
        {
            RedirectStandardOutput = true
        };
        using var python = Process.Start(start)!;
        var output = (await python.StandardOutput.ReadToEndAsync()).TrimEnd().Split('\n');
        await python.WaitForExitAsync();
        output[^1].ShouldBe(verdict.ToString(), string.Join('\n', output));
        // what an auditor compares with what was told by another way
        output.Where(line => line.StartsWith("key ", StringComparison.Ordinal) || line.StartsWith("witness ", StringComparison.Ordinal)).ShouldBe(
            [$"key {(pinned ?? signer.Public).Fingerprint}", .. (witnesses ?? []).Select(witness => $"witness {witness.Name} {witness.Fingerprint}")]);
        python.ExitCode.ShouldBe(verdict.Flaws.Count == 0 ? 0 : 1);
        return verdict.ToString();
    }
}
