using System.Security.Cryptography;
using Clinic.Proof;

namespace Clinic.Tests.Proof;

/// <summary>What somebody who keeps checkpoints sees in the next one.</summary>
public sealed class Judging : IDisposable
{
    private const string Log = "clinic/x/consent";
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly List<byte[]> leaves = [];

    public Judging()
    {
        for (var n = 0; n < 12; n++) leaves.Add(MerkleHash.Leaf([(byte)n]));
    }

    [Fact]
    public void the_first_is_believed_and_what_is_proven_to_continue_it() => Judge(At(8), from: 5, held: At(5)).ShouldBe(Verdict.Consistent);

    [Fact]
    public void the_first_has_nothing_to_be_compared_with() => Judge(At(8), from: 0, held: null).ShouldBe(Verdict.Consistent);

    [Fact]
    public void the_same_again_is_a_repeat() => Judge(At(8), from: 5, held: At(8)).ShouldBe(Verdict.Repeated);

    [Fact]
    public void without_the_one_in_between_nothing_is_proven() => Judge(At(8), from: 5, held: At(4)).ShouldBe(Verdict.Gap);

    [Fact]
    public void another_root_over_the_same_positions_is_a_fork() =>
        Judge(At(8) with { Root = new byte[32] }, from: 5, held: At(8)).ShouldBe(Verdict.Fork);

    [Fact]
    public void a_proof_that_does_not_hold_is_a_fork() => Judge(At(8), from: 5, held: At(5) with { Root = new byte[32] }).ShouldBe(Verdict.Fork);

    [Fact]
    public void what_is_no_hash_proves_nothing() => Judgement.Of(Signed(At(8)), 5, ["x"], Pinned, At(5), out _).Verdict.ShouldBe(Verdict.Fork);

    [Fact]
    public void another_key_or_another_log_is_refused()
    {
        using var other = new NoteSigner(Log, SignatureKind.Signature, ECDsa.Create(ECCurve.NamedCurves.nistP256));
        Judgement.Of(At(8).Sign(other, DateTimeOffset.UnixEpoch).ToString(), 5, Proof(5, 8), Pinned, At(5), out _).Verdict.ShouldBe(Verdict.Refused);
        Judge(At(8) with { Origin = "clinic/x/intake" }, from: 5, held: At(5)).ShouldBe(Verdict.Refused);
        Judgement.Of("no note", 5, null, Pinned, null, out var none).Verdict.ShouldBe(Verdict.Refused);
        none.ShouldBeNull();
    }

    [Fact]
    public void a_restore_that_says_by_whom_and_why_begins_a_new_epoch() => Judge(Reopened(At(8)), from: 8, held: At(8)).ShouldBe(Verdict.Restored);

    [Fact]
    public void a_restore_may_admit_more_than_was_heard_and_never_less()
    {
        Judge(Reopened(At(9)), from: 9, held: At(8)).ShouldBe(Verdict.Restored);
        Judge(Reopened(At(7)), from: 7, held: At(8)).ShouldBe(Verdict.Fork);
        Judge(Reopened(At(8) with { Root = new byte[32] }), from: 8, held: At(8)).ShouldBe(Verdict.Fork);
    }

    [Fact]
    public void a_new_epoch_without_a_reason_or_out_of_turn_is_a_fork()
    {
        Judge(At(6) with { Origin = Log + "/e2" }, from: 8, held: At(8)).ShouldBe(Verdict.Fork);
        Judge(Reopened(At(8)) with { Origin = Log + "/e3" }, from: 8, held: At(8)).ShouldBe(Verdict.Fork);
        Judge(At(9), from: 8, held: At(8) with { Origin = Log + "/e2" }).ShouldBe(Verdict.Fork);
    }

    [Theory]
    [InlineData("op-1", "op-1", "the disk broke")]
    [InlineData("op-1", "OP-1", "the disk broke")]
    [InlineData("op-1", " ", "the disk broke")]
    [InlineData("op-1", "op-2", "")]
    [InlineData("op-1", "op-2", "two\nlines")]
    public void one_person_or_no_reason_reopens_nothing(string one, string two, string reason) =>
        Should.Throw<FormatException>(() => new Reopening(At(8), [one, two], reason).Lines());

    [Fact]
    public void what_was_restored_is_read_back_from_the_checkpoint()
    {
        var read = Reopening.Of(Reopened(At(8)))!;
        (read.Previous.Size, string.Join(',', read.ApprovedBy), read.Reason).ShouldBe((8, "op-1,op-2", "the disk broke"));
        Reopening.Of(At(8)).ShouldBeNull();
    }

    public void Dispose() => key.Dispose();

    private VerifierKey Pinned => new(Log, SignatureKind.Signature, key.ExportSubjectPublicKeyInfo());

    private Checkpoint At(int size) => new(Log, size, MerkleProof.Root(size, Node));

    private Checkpoint Reopened(Checkpoint previous) => At(6) with { Origin = Log + "/e2", Extensions = new Reopening(previous, ["op-1", "op-2"], "the disk broke").Lines() };

    private Verdict Judge(Checkpoint next, int from, Checkpoint? held) =>
        Judgement.Of(Signed(next), from, from > next.Size ? null : Proof(from, (int)next.Size), Pinned, held, out _).Verdict;

    private string[] Proof(int from, int to) => [.. MerkleProof.Consistency(from, to, Node).Select(Convert.ToBase64String)];

    private string Signed(Checkpoint checkpoint)
    {
        var own = ECDsa.Create(key.ExportParameters(true));
        using var signer = new NoteSigner(checkpoint.Origin, SignatureKind.Signature, own);
        return checkpoint.Sign(signer, DateTimeOffset.UnixEpoch).ToString();
    }

    private byte[] Node(int level, long index)
    {
        var range = new CompactRange();
        foreach (var leaf in leaves.Skip((int)index << level).Take(1 << level)) range.Append(leaf);
        return range.Root();
    }
}
