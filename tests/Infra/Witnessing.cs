using System.Security.Cryptography;
using Clinic.EventLog;
using Clinic.EventLog.Proofs;
using Clinic.Proof;

namespace Clinic.Tests.Infra;

/// <summary>A log and its witness: what both have seen nobody takes back, with whatever database, key and machine of ours.</summary>
public sealed class Witnessing(Stack stack) : IAsyncLifetime
{
    private readonly NoteSigner signer = new(TreeKeeper.Origin(Stack.Installation, "probe"), SignatureKind.Signature, ECDsa.Create(ECCurve.NamedCurves.nistP256));
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("clinic-witnessed");
    private WitnessProcess witness = null!;
    private WitnessClient client = null!;
    private Probe probe = null!;

    private CheckpointFile Outside => new(Path.Combine(folder.FullName, "probe.jsonl"));

    public async ValueTask InitializeAsync()
    {
        witness = await new WitnessProcess(signer.Public).Start();
        client = new WitnessClient(new HttpClient { BaseAddress = witness.Url, Timeout = TimeSpan.FromSeconds(2) }, witness.Key);
        probe = await (await Probe.On(stack)).WithSequencer();
    }

    [Fact]
    public async Task every_checkpoint_is_cosigned_and_the_cosignature_kept_in_database_and_file()
    {
        await Running();
        await Fill(10);
        await Cosigned(10);
        await Fill(20);
        await Cosigned(30);
        var (checkpoint, signatures) = Checkpoint.Open(Outside.Notes().Last(n => n.Signatures.Count > 1), signer.Public.Name, signer.Public, witness.Key);
        (checkpoint.Size, signatures.Count).ShouldBe((30L, 2));
        // who asks for a proof gets one under a cosigned checkpoint
        var id = (await probe.ReadLog())[3].Event.Id;
        var proof = (await new ProofReader(probe.Database).Inclusion(Probe.North, id, TimeSpan.Zero, CancellationToken.None))!;
        Checkpoint.Open(proof.Checkpoint, signer.Public.Name, signer.Public, witness.Key).Signatures.Count.ShouldBe(2);
        probe.Alarms.Active.ShouldBeEmpty();
    }

    [Fact]
    public async Task while_the_witness_is_away_commands_go_on_and_it_is_an_alarm_until_it_is_back()
    {
        await Running();
        await Fill(3);
        await Cosigned(3);
        await witness.Kill();
        await Fill(4);
        await Eventually.True(() => probe.Alarms.Active.ContainsKey(Cosigning.Away), "the alarm");
        await Eventually.True(async () => await probe.Test.Value<long>("select max(size) from clinic.signed_checkpoint") == 7, "a checkpoint without it");
        await witness.Start();
        await Cosigned(7);
        await Eventually.True(() => !probe.Alarms.Active.ContainsKey(Cosigning.Away), "no alarm");
    }

    [Fact]
    public async Task history_rewritten_with_database_key_and_file_in_hand_is_caught_by_the_witness_alone()
    {
        await Running();
        await Fill(12);
        await Cosigned(12);
        await probe.StopAll();
        // the attacker has everything of this machine: events, tree, checkpoints and file are made anew, and signed
        await probe.Test.AsSuperuser("""
            alter table clinic.log disable trigger user; alter table clinic.signed_checkpoint disable trigger user; alter table clinic.cosignature disable trigger user;
            update clinic.log set event_hash = sha256('forged') where position = 4;
            truncate clinic.tile, clinic.signed_checkpoint, clinic.cosignature; update clinic.tree set size = 0
            """);
        File.Delete(Outside.Path!);
        // at start it is refused
        await probe.WithSequencer();
        var keeper = await probe.Start(Keeper(client));
        await Eventually.True(() => probe.Alarms.Active.ContainsKey("log-refused"), "the refusal");
        probe.Alarms.Active["log-refused"].ShouldBe("the first 12 positions are not what was signed");
        await keeper.StopAsync(CancellationToken.None);
        // and when the comparison is left out, no cosignature is to be had
        await probe.Start(Keeper(null));
        await probe.Start(Cosigner());
        await Eventually.True(() => probe.Alarms.Active.ContainsKey(Cosigning.Contradicts), "the contradiction");
        probe.Alarms.Active[Cosigning.Contradicts].ShouldContain("another history");
    }

    [Fact, Trait("Abuse", "68")]
    public async Task a_database_behind_what_the_witness_has_seen_is_refused_though_its_own_file_is_gone()
    {
        await Running();
        await Fill(20);
        await Cosigned(20);
        await probe.StopAll();
        File.Delete(Outside.Path!);
        await BackTo15();
        (await Should.ThrowAsync<IntegrityException>(() => probe.Start(Keeper(client)))).Message
            .ShouldBe("the database is behind its last checkpoint: position 15 is the first that is missing, 20 were signed");
    }

    [Fact]
    public async Task a_deliberate_restore_opens_an_epoch_that_says_what_was_lost_and_needs_a_new_word_to_the_witness()
    {
        await Running();
        await Fill(20);
        await Cosigned(20);
        await probe.StopAll();
        Task<SignedNote> Restore(string one, string two) =>
            Reopen.Run(probe.Database, signer, Outside, [one, two], "the disk broke", DateTimeOffset.UtcNow, CancellationToken.None);
        (await Should.ThrowAsync<InvalidOperationException>(() => Restore("op-1", "op-2"))).Message.ShouldContain("nothing to reopen");
        await BackTo15();
        await Should.ThrowAsync<FormatException>(() => Restore("op-1", "op-1"));
        await Should.ThrowAsync<IntegrityException>(() => probe.Start(Keeper(client)));

        var opened = Checkpoint.Parse((await Restore("op-1", "op-2")).Text);
        (opened.Origin, opened.Size).ShouldBe((signer.Public.Name + "/e2", 15L));
        var why = Reopening.Of(opened)!;
        (why.Previous.Origin, why.Previous.Size, string.Join('+', why.ApprovedBy), why.Reason).ShouldBe((signer.Public.Name, 20L, "op-1+op-2", "the disk broke"));

        // it runs again, under its new name; the witness believes it only when told
        await Running();
        await Eventually.True(() => probe.Alarms.Active.GetValueOrDefault(Cosigning.Away)?.Contains("404", StringComparison.Ordinal) == true, "the witness not to know the epoch");
        witness.Trust(signer.Public.Named(opened.Origin));
        await Fill(1, from: 15);
        await Cosigned(16);
        Checkpoint.Parse(Outside.Last()!.Text).Origin.ShouldBe(opened.Origin);
        await Eventually.True(() => probe.Alarms.Active.Count == 0, "no alarm");
    }

    [Fact]
    public async Task an_opening_that_only_the_file_has_is_written_to_the_database_again()
    {
        await Running();
        await Fill(20);
        await Cosigned(20);
        await probe.StopAll();
        await BackTo15();
        Task<SignedNote> Restore() => Reopen.Run(probe.Database, signer, Outside, ["op-1", "op-2"], "the disk broke", DateTimeOffset.UtcNow, CancellationToken.None);
        var opened = await Restore();
        Task Forget() => probe.Test.AsSuperuser("alter table clinic.signed_checkpoint disable trigger user; delete from clinic.signed_checkpoint");
        // the process ended between file and database
        await Forget();
        (await Restore()).ToString().ShouldBe(opened.ToString());
        (await probe.Test.Column<string>("select note from clinic.signed_checkpoint")).ShouldBe([opened.ToString()]);
        (await Should.ThrowAsync<InvalidOperationException>(Restore)).Message.ShouldContain("nothing to reopen");
        // nobody asked again: the service does it before it signs
        await Forget();
        await Running();
        await Eventually.True(async () => (await probe.Test.Column<string>("select note from clinic.signed_checkpoint order by number")).FirstOrDefault() == opened.ToString(), "the opening");
    }

    [Fact]
    public async Task an_answer_that_the_pinned_witness_has_not_signed_is_an_alarm_and_stops_nothing()
    {
        await Running();
        await Fill(3);
        await Cosigned(3);
        await probe.StopAll();
        using var another = new NoteSigner(witness.Key.Name, SignatureKind.Cosignature, ECDsa.Create(ECCurve.NamedCurves.nistP256));
        await probe.WithSequencer();
        await probe.Start(Keeper(new WitnessClient(new HttpClient { BaseAddress = witness.Url }, another.Public)));
        await Eventually.True(() => probe.Alarms.Active.ContainsKey("witness-unknown"), "the alarm");
        await Fill(1);
        await Eventually.True(async () => await probe.Test.Value<long>("select max(size) from clinic.signed_checkpoint") == 4, "a checkpoint");
    }

    [Fact]
    public async Task a_tree_that_cannot_prove_what_it_was_is_an_alarm_and_not_a_line_in_a_log()
    {
        await Running();
        await Fill(3);
        await Cosigned(3);
        await probe.StopAll();
        await probe.WithSequencer();
        await probe.Start(Keeper(client));
        await Fill(1);
        await Eventually.True(async () => await probe.Test.Value<long>("select max(size) from clinic.signed_checkpoint") == 4, "a checkpoint");
        await probe.StopAll();
        await probe.Test.AsSuperuser("delete from clinic.tile");
        await probe.Start(Cosigner());
        await Eventually.True(() => probe.Alarms.Active.GetValueOrDefault(Cosigning.Away)?.Contains("of the tree is missing", StringComparison.Ordinal) == true, "the alarm");
    }

    public async ValueTask DisposeAsync()
    {
        await probe.DisposeAsync();
        await witness.DisposeAsync();
        signer.Dispose();
        folder.Delete(recursive: true);
    }

    private Task BackTo15() => probe.Test.AsSuperuser("""
        alter table clinic.log disable trigger user; alter table public.mt_events disable trigger user;
        alter table clinic.signed_checkpoint disable trigger user; alter table clinic.cosignature disable trigger user;
        delete from public.mt_events e using clinic.log l where l.seq_id = e.seq_id and l.position >= 15;
        delete from clinic.log where position >= 15; delete from clinic.cosignature; delete from clinic.signed_checkpoint;
        update clinic.log_head set size = 15; update clinic.tree set size = 15; update clinic.tile set hashes = substring(hashes for 15 * 32);
        alter table clinic.log enable always trigger append_only
        """);

    private TreeKeeper Keeper(WitnessClient? by) =>
        new(probe.Database, signer, Outside, probe.Signals, probe.Alarms, TimeProvider.System, probe.Log.For<TreeKeeper>(), by);

    private Cosigning Cosigner() => new(probe.Database, client, Outside, probe.Signals, probe.Alarms, TimeProvider.System, probe.Log.For<Cosigning>());

    private async Task Running()
    {
        if (await probe.Test.Value<long>("select size from clinic.log_head") > 0) await probe.WithSequencer();
        await probe.Start(Keeper(client));
        await probe.Start(Cosigner());
    }

    private async Task Fill(int events, int? from = null)
    {
        var start = from ?? (int)await probe.Test.Value<long>("select size from clinic.log_head");
        await Task.WhenAll(Enumerable.Range(start, events).Select(n => probe.Append($"s{n}{(from is null ? "" : "-again")}", 0, new Counted(n))));
        await probe.LogHas(start + events);
    }

    private Task Cosigned(long size) => Eventually.True(async () => await probe.Test.Value<long>(
        "select coalesce(max(c.size), -1) from clinic.cosignature s join clinic.signed_checkpoint c on c.number = s.checkpoint") == size, $"a cosignature under {size}");
}
