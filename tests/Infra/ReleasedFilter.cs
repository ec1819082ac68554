using Clinic.Hosting;

namespace Clinic.Tests.Infra;

/// <summary>What an owner hands over under a release.</summary>
public sealed class ReleasedFilter
{
    private static readonly SignedRelease Release =
        new("d", "north", "c", "r", "TREAT", "messages", new DateOnly(2026, 1, 1), new DateOnly(2026, 1, 31), "MH BH");

    private static ReleasedItems<string> Of(params (string Text, string[] Labels, bool Shared)[] items) =>
        ReleasedItems.Of(Release, items, i => i.Labels, i => i.Shared, i => i.Text);

    [Fact]
    public void only_items_all_of_whose_labels_are_permitted_go_out()
    {
        var released = Of(("plain", [], true), ("both", ["MH", "BH"], true), ("mixed", ["MH", "SUD"], true), ("other", ["HIV"], true));
        released.Items.ShouldBe(["plain", "both"]);
        released.Removed.ShouldBe(["HIV", "SUD"]);
    }

    [Fact]
    public void what_is_not_shared_stays_whatever_its_labels()
    {
        var released = Of(("kept", ["MH"], false));
        released.Items.ShouldBeEmpty();
        released.Removed.ShouldBe([ReleasedItems.NotShared]);
    }

    [Fact]
    public void without_permitted_labels_nothing_labelled_goes_out() =>
        ReleasedItems.Of(Release with { Labels = "" }, ["x"], _ => ["MH"], _ => true, x => x).Items.ShouldBeEmpty();

    [Fact]
    public void the_period_is_whole_days_both_included()
    {
        Release.Covers(new DateTimeOffset(2026, 1, 31, 23, 59, 59, TimeSpan.Zero)).ShouldBeTrue();
        Release.Covers(new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero)).ShouldBeFalse();
        Release.Covers(new DateTimeOffset(2025, 12, 31, 23, 59, 59, TimeSpan.Zero)).ShouldBeFalse();
    }
}
