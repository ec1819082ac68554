using Clinic.Proof;

namespace Clinic.Tests.Proof;

/// <summary>Paths and bundles of C2SP tlog-tiles.</summary>
public sealed class Tiles
{
    [Theory]
    [InlineData(0, 0L, 256, "tile/0/000"), InlineData(1, 1234067L, 256, "tile/1/x001/x234/067"), InlineData(63, 999L, 3, "tile/63/999.p/3"), InlineData(0, 1000L, 255, "tile/0/x001/000.p/255")]
    [InlineData(null, 67L, 256, "tile/entries/067"), InlineData(null, 1067L, 1, "tile/entries/x001/067.p/1")]
    public void a_tile_has_one_path(int? level, long index, int width, string path)
    {
        new Tile(level, index, width).Path().ShouldBe(path);
        Tile.Parse(path).ShouldBe(new Tile(level, index, width));
    }

    [Theory, Trait("Abuse", "89")]
    [InlineData("tile/0/../../etc/passwd"), InlineData("../tile/0/000"), InlineData("/tile/0/000"), InlineData("tile/0/000/"), InlineData("tile/0/%2e%2e"), InlineData("tile/0//000"), InlineData("tile\\0\\000")]
    [InlineData("tile/0/0"), InlineData("tile/00/000"), InlineData("tile/64/000"), InlineData("tile/-1/000"), InlineData("tile/0/x000/001"), InlineData("tile/0/001/002"), InlineData("tile/0/x01/002")]
    [InlineData("tile/0/000.p/0"), InlineData("tile/0/000.p/256"), InlineData("tile/0/000.p/01"), InlineData("tile/0/000.p/"), InlineData("tile/0/000.p"), InlineData("tile/0/.p/3"), InlineData("tile/0/٠٠٠")]
    [InlineData("tile/0/x009/x223/x372/x036/x854/x775/808"), InlineData("tile/0/000\0"), InlineData("tile/0"), InlineData("")]
    public void no_other_spelling_is_a_tile(string path) => Should.Throw<FormatException>(() => Tile.Parse(path));

    [Fact]
    public void a_tree_of_70000_has_the_tiles_the_specification_names()
    {
        var tiles = Tile.Of(70_000).ToArray();
        tiles.Count(t => t is { Level: 0, Width: Tile.Full }).ShouldBe(273);
        tiles.Where(t => t.Width < Tile.Full || t.Level > 0).ShouldBe([new Tile(0, 273, 112), new Tile(1, 0, 256), new Tile(1, 1, 17), new Tile(2, 0, 1)]);
        Tile.Of(256).ShouldBe([new Tile(0, 0, 256), new Tile(1, 0, 1)]);
        Tile.Of(0).ShouldBeEmpty();
    }

    [Fact, Trait("Abuse", "81")]
    public void a_bundle_gives_its_entries_back_and_a_cut_one_none()
    {
        byte[][] entries = [new LogEntry(1, new byte[32]).Bytes(), [], new LogEntry(2, new byte[32]).Bytes()];
        var bundle = Tile.Bundle(entries);
        Tile.Unbundle(bundle).ShouldBe(entries);
        foreach (var length in new[] { 1, 2, 41, 43, bundle.Length - 1 }) Should.Throw<FormatException>(() => Tile.Unbundle(bundle.AsSpan(0, length)));
        Should.Throw<FormatException>(() => LogEntry.Parse(bundle));
    }
}
