namespace Clinic.Hosting;

/// <summary>What an owner answers to a release: the same shape for every category.</summary>
/// <param name="Items">Exactly what the release permits, and nothing else.</param>
/// <param name="Removed">Labels because of which items were left out, each once, sorted; for the deciding service, never for the recipient.</param>
public sealed record ReleasedItems<TRow>(IReadOnlyList<TRow> Items, IReadOnlyList<string> Removed);

/// <summary>The one filter between an owner's items and what leaves.</summary>
public static class ReleasedItems
{
    /// <summary>HL7 v3 ActCode: the item's own sharing level, chosen by the person it is about, forbids it.</summary>
    public const string NotShared = "NOAUTH";

    /// <summary>An item goes out when every one of its labels is permitted and it is shared that far.</summary>
    /// <param name="items">Those of the release's person, category and period.</param>
    /// <param name="labels">An item's labels as they are now.</param>
    /// <param name="shared">Whether the item's sharing level allows disclosure.</param>
    /// <param name="row">The item as the recipient is shown it.</param>
    public static ReleasedItems<TRow> Of<TItem, TRow>(
        SignedRelease release, IEnumerable<TItem> items, Func<TItem, IReadOnlyCollection<string>> labels, Func<TItem, bool> shared, Func<TItem, TRow> row)
    {
        var permitted = release.Labels.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        var (rows, removed) = (new List<TRow>(), new SortedSet<string>(StringComparer.Ordinal));
        foreach (var item in items)
        {
            string[] against = [.. labels(item).Where(label => !permitted.Contains(label)), .. shared(item) ? (string[])[] : [NotShared]];
            if (against.Length == 0) rows.Add(row(item));
            removed.UnionWith(against);
        }
        return new ReleasedItems<TRow>(rows, [.. removed]);
    }
}
