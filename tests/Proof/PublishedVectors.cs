using System.Text;
using Clinic.Proof;

namespace Clinic.Tests.Proof;

/// <summary>
/// Vectors that others published: transparency-dev/merkle (testonly/constants.go, rfc6962/rfc6962_test.go) and
/// transparency-dev/formats (note/note_verifier_test.go).
/// </summary>
[Trait("Scenario", "T52")]
public sealed class PublishedVectors
{
    private static readonly byte[][] Leaves = [.. new[] { "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f" }.Select(Convert.FromHexString)];
    private static readonly Tree Published = new(Leaves);

    private const string Vkey = "rekor.sigstore.dev+c0d23d6a+AjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABNhtmPtrWm3U1eQXBogSMdGvXwBcK5AW5i0hrZLOC96l+smGNM7nwZ4QvFK/4sueRoVj//QP22Ni4Qt9DPfkWLc=";
    private const string Note = "Rekor\n798034\nf+7CoKgXKE/tNys9TTXcr/ad6U/K3xvznmzew9y6SP0=\n\n— rekor.sigstore.dev wNI9ajBEAiARInWIWyCdyG27CO6LPnPekyw20qO0YJfoaPaowGp/XgIgc+qEHS3+GKVClgqq20uDLet7MCoTURUCRdxwWBHHufk=\n";

    [Theory]
    [InlineData(0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData(1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")]
    [InlineData(2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")]
    [InlineData(3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77")]
    [InlineData(4, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
    [InlineData(5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4")]
    [InlineData(6, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef")]
    [InlineData(7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c")]
    [InlineData(8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")]
    public void the_roots_of_the_first_trees(int size, string root)
    {
        Hex(Published.Root(size)).ShouldBe(root);
        Hex(MerkleProof.Root(size, Published.Node)).ShouldBe(root);
    }

    [Fact]
    public void the_inclusion_of_leaf_5_of_8() => MerkleProof.Inclusion(5, 8, Published.Node).Select(Hex).ShouldBe([
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"]);

    [Fact]
    public void the_consistency_of_6_with_8() => MerkleProof.Consistency(6, 8, Published.Node).Select(Hex).ShouldBe([
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"]);

    [Fact]
    public void a_leaf_and_a_node()
    {
        Hex(MerkleHash.Leaf("L123456"u8)).ShouldBe("395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56");
        Hex(MerkleHash.Node("N123"u8, "N456"u8)).ShouldBe("aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb");
    }

    [Fact]
    public void a_checkpoint_of_another_log_is_accepted()
    {
        var key = VerifierKey.Parse(Vkey);
        key.ToString().ShouldBe(Vkey);
        var (checkpoint, signatures) = Checkpoint.Open(SignedNote.Parse(Note), "Rekor", key);
        (checkpoint.Size, signatures.Single().Key).ShouldBe((798034L, key));
        SignedNote.Parse(Note).ToString().ShouldBe(Note);
    }

    [Fact]
    public void with_any_bit_flipped_it_is_not()
    {
        var key = VerifierKey.Parse(Vkey);
        var bytes = Encoding.UTF8.GetBytes(Note);
        for (var at = 0; at < bytes.Length; at++)
            for (var bit = 0; bit < 8; bit++)
            {
                var forged = bytes.ToArray();
                forged[at] ^= (byte)(1 << bit);
                Refused(() => SignedNote.Parse(forged).Verify(key)).ShouldBeTrue($"bit {bit} of byte {at}");
            }
    }

    [Fact]
    public void nor_cut_short_anywhere()
    {
        var bytes = Encoding.UTF8.GetBytes(Note);
        for (var length = 0; length < bytes.Length; length++) Refused(() => SignedNote.Parse(bytes.AsSpan(0, length)).Verify(VerifierKey.Parse(Vkey))).ShouldBeTrue($"{length} bytes");
    }

    internal static bool Refused(Action action)
    {
        try
        {
            action();
            return false;
        }
        catch (Exception e) when (e is FormatException or ProofException)
        {
            return true;
        }
    }

    private static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);
}
