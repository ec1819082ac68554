using System.Security.Cryptography;
using Clinic.Proof;

namespace Clinic.Tests.Proof;

/// <summary>Signed checkpoints: whom a verifier believes, and what it refuses to read.</summary>
public sealed class Notes
{
    private const string Origin = "clinic.example/consent";
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 5, 0, 0, TimeSpan.Zero);
    private static readonly NoteSigner Log = new(Origin, SignatureKind.Signature, ECDsa.Create(ECCurve.NamedCurves.nistP256));
    private static readonly NoteSigner Witness = new("clinic.example/witness", SignatureKind.Cosignature, ECDsa.Create(ECCurve.NamedCurves.nistP256));
    private static readonly NoteSigner Stranger = new("stranger.example", SignatureKind.Signature, ECDsa.Create(ECCurve.NamedCurves.nistP256));
    private static readonly Tree History = Tree.Of(20);

    private static SignedNote Signed(int size = 8, params NoteSigner[] others)
    {
        var note = new Checkpoint(Origin, size, History.Root(size)).Sign(Log, Now);
        return others.Aggregate(note, (n, other) => n.With(other.Sign(n.Text, Now)));
    }

    [Fact]
    public void log_and_witness_are_told_apart_and_the_witness_says_when()
    {
        var (checkpoint, signatures) = Checkpoint.Open(SignedNote.Parse(Signed(8, Witness).ToString()), Origin, Log.Public, Witness.Public);
        checkpoint.Root.ShouldBe(History.Root(8));
        signatures.Select(s => (s.Key, s.At)).ShouldBe([(Log.Public, null), (Witness.Public, Now)]);
    }

    [Fact]
    public void public_keys_travel_as_text()
    {
        foreach (var key in new[] { Log.Public, Witness.Public })
        {
            var read = VerifierKey.Parse(key.ToString());
            (read.Name, read.KeyId, read.Kind, read.Fingerprint).ShouldBe((key.Name, key.KeyId, key.Kind, key.Fingerprint));
        }
    }

    [Theory]
    [InlineData("one+00000000"), InlineData("a b+c0d23d6a+Ag=="), InlineData("x+c0d23d6a+Ag=="), InlineData("x+c0d23d6a+AQAA"), InlineData("x+c0d23d6a+!!"), InlineData("")]
    public void what_is_no_public_key_is_refused(string text) => Should.Throw<FormatException>(() => VerifierKey.Parse(text));

    [Fact]
    public void a_public_key_under_another_id_is_refused()
    {
        var parts = Log.Public.ToString().Split('+', 3);
        Should.Throw<FormatException>(() => VerifierKey.Parse($"{parts[0]}+{Witness.Public.KeyId:x8}+{parts[2]}"));
        using var larger = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Should.Throw<FormatException>(() => new VerifierKey("x", SignatureKind.Signature, larger.ExportSubjectPublicKeyInfo()));
    }

    [Fact, Trait("Abuse", "82")]
    public void a_checkpoint_of_another_log_is_refused_though_its_signature_holds()
    {
        var other = new Checkpoint("clinic.example/intake", 8, History.Root(8)).Sign(Log, Now);
        Should.Throw<ProofException>(() => Checkpoint.Open(other, Origin, Log.Public)).Message.ShouldBe("the checkpoint is of clinic.example/intake, not of clinic.example/consent");
    }

    [Fact, Trait("Abuse", "83")]
    public void a_signature_of_a_stranger_is_ignored()
    {
        var line = Stranger.Sign(Signed().Text, Now);
        Checkpoint.Open(Signed(8, Stranger), Origin, Log.Public).Signatures.Count.ShouldBe(1);
        // not even when it does not hold, or borrows the log's name or the log's key id, but not both
        foreach (var odd in new[] { line with { Value = [1] }, line with { Name = Origin }, line with { KeyId = Log.Public.KeyId } })
            Checkpoint.Open(Signed().With(odd), Origin, Log.Public).Signatures.Count.ShouldBe(1);
        Should.Throw<ProofException>(() => Signed().Verify(Stranger.Public)).Message.ShouldBe("no known key has signed the note");
    }

    [Fact, Trait("Abuse", "84")]
    public void one_bad_signature_of_a_known_key_condemns_the_note()
    {
        var good = Signed(8, Witness);
        var bad = good.With(Log.Sign("something else\n", Now));
        Should.Throw<ProofException>(() => Checkpoint.Open(bad, Origin, Log.Public, Witness.Public)).Message.ShouldBe("the signature of clinic.example/consent does not hold");
    }

    [Fact, Trait("Abuse", "84")]
    public void a_cosignature_does_not_hold_at_another_time_and_is_no_signature_of_a_log()
    {
        var line = Witness.Sign(Signed().Text, Now);
        var moved = line.Value.ToArray();
        moved[7]++;
        Should.Throw<ProofException>(() => Signed().With(line with { Value = moved }).Verify(Witness.Public));
        Should.Throw<ProofException>(() => Signed().With(line with { Value = line.Value[..4] }).Verify(Witness.Public));
        // the witness alone does not make a checkpoint
        var alone = new SignedNote(Signed().Text, [line]);
        Should.Throw<ProofException>(() => Checkpoint.Open(alone, Origin, Log.Public, Witness.Public)).Message.ShouldBe("clinic.example/consent has not signed the checkpoint");
    }

    [Theory, Trait("Abuse", "85")]
    [InlineData("01"), InlineData("+1"), InlineData("-1"), InlineData(" 1"), InlineData("1 "), InlineData("1e3"), InlineData("0x1"), InlineData("9223372036854775808"), InlineData("٣"), InlineData("")]
    public void a_size_has_one_spelling(string size) =>
        Should.Throw<FormatException>(() => Checkpoint.Parse($"{Origin}\n{size}\n{Convert.ToBase64String(History.Root(1))}\n"));

    [Theory]
    [InlineData("AAAA"), InlineData(""), InlineData("zzzz!"), InlineData(" 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="), InlineData("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=")]
    public void a_root_is_32_bytes_in_one_spelling(string root) => Should.Throw<FormatException>(() => Checkpoint.Parse($"{Origin}\n1\n{root}\n"));

    [Theory]
    [InlineData("text\n"), InlineData("text\n\n"), InlineData("text\n\n— a b"), InlineData("text\n\n- a AAAAAAA=\n"), InlineData("text\n\n— a+b AAAAAAA=\n"), InlineData("text\n\n—  AAAAAAA=\n")]
    [InlineData("text\n\n— a AAAA\n"), InlineData("text\n\n— a AAAAAAA= x\n"), InlineData("te\txt\n\n— a AAAAAAA=\n"), InlineData("text\r\n\n— a AAAAAAA=\n"), InlineData("text\n\n— a\u00a0b AAAAAAA=\n")]
    public void what_is_no_note_is_refused(string text) => Should.Throw<FormatException>(() => SignedNote.Parse(text));

    [Fact]
    public void extension_lines_are_signed_and_kept()
    {
        var note = new Checkpoint(Origin, 8, History.Root(8), ["after 7 in epoch 1"]).Sign(Log, Now);
        Checkpoint.Open(SignedNote.Parse(note.ToString()), Origin, Log.Public).Checkpoint.Extensions.ShouldBe(["after 7 in epoch 1"]);
        Should.Throw<FormatException>(() => new Checkpoint(Origin, 8, History.Root(8), ["", "x"]).Sign(Log, Now));
    }

    [Fact]
    public void a_proof_of_one_entry_travels_as_text_and_stands_alone()
    {
        var entry = new LogEntry(7, SHA256.HashData("event"u8));
        var tree = Tree.Of(5);
        tree.Add(entry.Leaf());
        tree.Add(MerkleHash.Leaf("after"u8));
        var text = new LogProof(5, MerkleProof.Inclusion(5, 7, tree.Node), new Checkpoint(Origin, 7, tree.Root(7)).Sign(Log, Now), [1, 2]).ToString();
        var proof = LogProof.Parse(text);
        (proof.ToString(), proof.Verify(LogEntry.Parse(entry.Bytes()).Leaf(), Origin, Log.Public).Size).ShouldBe((text, 7L));
        proof.Extra.ShouldBe([1, 2]);
        Should.Throw<ProofException>(() => proof.Verify((entry with { SeqId = 8 }).Leaf(), Origin, Log.Public));
        Should.Throw<ProofException>(() => (proof with { Index = 4 }).Verify(entry.Leaf(), Origin, Log.Public));
    }

    [Theory]
    [InlineData("c2sp.org/tlog-proof@v2\nindex 0\n"), InlineData("c2sp.org/tlog-proof@v1\nindex 00\n"), InlineData("c2sp.org/tlog-proof@v1\n"), InlineData("c2sp.org/tlog-proof@v1\nindex 1\nAAAA\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 1\nextra AAAA\n"), InlineData("index 1\n")]
    public void what_is_no_proof_is_refused(string head) => Should.Throw<FormatException>(() => LogProof.Parse(head + "\n" + Signed()));
}
