using Clinic.Proof;
using FsCheck;
using FsCheck.Fluent;

namespace Clinic.Tests.Proof;

/// <summary>Every proof of every small tree holds, and nothing that was changed in it does.</summary>
public sealed class Proofs
{
    private const int Largest = 64;
    private static readonly Tree All = Tree.Of(Largest);

    [Fact]
    public void every_inclusion_in_every_small_tree_is_proven()
    {
        for (var size = 1; size <= Largest; size++)
            for (var index = 0; index < size; index++)
                Included(index, size, MerkleProof.Inclusion(index, size, All.Node)).ShouldBeTrue($"{index} in {size}");
    }

    [Fact]
    public void every_small_tree_is_proven_to_grow_into_every_larger_one()
    {
        for (var to = 0; to <= Largest; to++)
            for (var from = 0; from <= to; from++)
                Consistent(from, to, MerkleProof.Consistency(from, to, All.Node)).ShouldBeTrue($"{from} into {to}");
    }

    [Fact, Trait("Abuse", "86")]
    public void a_proof_with_one_hash_more_or_less_or_changed_proves_nothing()
    {
        for (var to = 1; to <= Largest; to++)
            for (var from = 0; from < to; from++)
            {
                foreach (var forged in Forged(MerkleProof.Inclusion(from, to, All.Node))) Included(from, to, forged).ShouldBeFalse($"{from} in {to}");
                foreach (var forged in Forged(MerkleProof.Consistency(from, to, All.Node))) Consistent(from, to, forged).ShouldBeFalse($"{from} into {to}");
            }
    }

    [Fact, Trait("Abuse", "87")]
    public void the_root_of_another_size_proves_nothing()
    {
        for (var size = 1; size <= 32; size++)
            for (var other = 0; other <= 32; other++)
            {
                if (other == size) continue;
                MerkleProof.VerifyInclusion(All.Leaf(0), 0, size, MerkleProof.Inclusion(0, size, All.Node), All.Root(other)).ShouldBeFalse($"{size} by {other}");
                if (size > 1)
                    MerkleProof.VerifyConsistency(1, size, MerkleProof.Consistency(1, size, All.Node), All.Root(1), All.Root(other)).ShouldBeFalse($"{size} by {other}");
            }
    }

    [Fact, Trait("Abuse", "87")]
    public void a_leaf_is_proven_at_its_own_place_only()
    {
        for (var size = 2; size <= 32; size++)
            for (var index = 0; index < size; index++)
            {
                var proof = MerkleProof.Inclusion(index, size, All.Node);
                for (var claimed = -1; claimed <= size; claimed++)
                    MerkleProof.VerifyInclusion(All.Leaf(index), claimed, size, proof, All.Root(size)).ShouldBe(claimed == index, $"{index} as {claimed} of {size}");
            }
    }

    [Fact, Trait("Abuse", "88")]
    public void a_history_that_forked_is_never_consistent_with_the_other_branch() =>
        Prop.ForAll(Gen.Two(Gen.Choose(1, Largest)).ToArbitrary(), sizes =>
        {
            var (from, to) = (Math.Min(sizes.Item1, sizes.Item2), Math.Max(sizes.Item1, sizes.Item2));
            // the same history up to its last leaf, which was replaced
            var fork = Tree.Of(from - 1);
            fork.Add(MerkleHash.Leaf("another"u8));
            return !MerkleProof.VerifyConsistency(from, to, MerkleProof.Consistency(from, to, All.Node), fork.Root(from), All.Root(to));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void any_bit_flipped_anywhere_in_a_proof_is_noticed() =>
        Prop.ForAll((from to in Gen.Choose(2, Largest) from index in Gen.Choose(1, to - 1) from at in Gen.Choose(0, int.MaxValue) select (to, index, at)).ToArbitrary(), c =>
        {
            var inclusion = MerkleProof.Inclusion(c.index, c.to, All.Node);
            var consistency = MerkleProof.Consistency(c.index, c.to, All.Node);
            return !Included(c.index, c.to, Flip(inclusion, c.at)) && !Consistent(c.index, c.to, Flip(consistency, c.at));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void proofs_out_of_tiles_are_those_of_the_whole_tree()
    {
        var large = Tree.Of(70_000);
        var tiles = Tile.Of(large.Size).ToDictionary(tile => ((int)tile.Level!, tile.Index),
            tile => Enumerable.Range(0, tile.Width).SelectMany(i => large.Node(tile.Level!.Value * Tile.Height, tile.Index * Tile.Full + i)).ToArray());
        foreach (var (from, to) in new[] { (0L, 1L), (255, 256), (256, 257), (65_535, 65_536), (65_536, 70_000), (4_711, 69_999), (69_999, 70_000) })
        {
            var nodes = new TileNodes((level, index) => tiles[(level, index)]);
            MerkleProof.Inclusion(from, to, nodes.At).ShouldBe(MerkleProof.Inclusion(from, to, large.Node));
            MerkleProof.Consistency(from, to, nodes.At).ShouldBe(MerkleProof.Consistency(from, to, large.Node));
            MerkleProof.Root(to, nodes.At).ShouldBe(large.Root(to));
        }
    }

    [Fact]
    public void a_range_that_was_put_away_grows_on_as_if_it_had_not()
    {
        var range = new CompactRange();
        for (var i = 0; i < Largest; i++)
        {
            range.Append(All.Leaf(i));
            range = new CompactRange(range.Size, range.Peaks);
            range.Root().ShouldBe(All.Root(i + 1));
        }
        Should.Throw<ArgumentException>(() => new CompactRange(3, range.Peaks));
    }

    private static bool Included(long index, long size, byte[][] proof) => MerkleProof.VerifyInclusion(All.Leaf(index), index, size, proof, All.Root(size));

    private static bool Consistent(long from, long to, byte[][] proof) => MerkleProof.VerifyConsistency(from, to, proof, All.Root(from), All.Root(to));

    private static IEnumerable<byte[][]> Forged(byte[][] proof)
    {
        yield return [.. proof, new byte[MerkleHash.Size]];
        yield return [new byte[MerkleHash.Size], .. proof];
        for (var i = 0; i < proof.Length; i++)
        {
            yield return [.. proof[..i], .. proof[(i + 1)..]];
            yield return [.. proof[..i], Flip(proof[i], i), .. proof[(i + 1)..]];
            yield return [.. proof[..i], proof[i][1..], .. proof[(i + 1)..]];
        }
        if (proof.Length > 1 && !proof[0].SequenceEqual(proof[1])) yield return [proof[1], proof[0], .. proof[2..]];
    }

    private static byte[][] Flip(byte[][] proof, int at)
    {
        var which = at % proof.Length;
        return [.. proof[..which], Flip(proof[which], at), .. proof[(which + 1)..]];
    }

    private static byte[] Flip(byte[] hash, int at)
    {
        var flipped = hash.ToArray();
        flipped[at / 8 % flipped.Length] ^= (byte)(1 << at % 8);
        return flipped;
    }
}
