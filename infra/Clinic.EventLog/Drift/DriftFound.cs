namespace Clinic.EventLog.Drift;

/// <summary>Rows of a view that were not what the log makes of them.</summary>
/// <param name="Tenant">Whose rows.</param>
/// <param name="Position">At which position of the view they were compared.</param>
/// <param name="Changed">Rows that were there and different.</param>
/// <param name="Missing">Rows that were not there.</param>
/// <param name="Added">Rows that the log does not make at all.</param>
/// <param name="Keys">Table and primary key of the first of them: ids, nothing else of the rows.</param>
public sealed record DriftFound(string Tenant, string View, long Position, int Changed, int Missing, int Added, IReadOnlyList<string> Keys)
{
    /// <summary>Most keys that are named.</summary>
    public const int MostKeys = 20;
}

/// <summary>Puts drift on record. Both throw when they cannot: nothing is repaired that is not on record.</summary>
public interface IDriftRecords
{
    /// <summary>Before anything is repaired.</summary>
    Task Found(DriftFound found, CancellationToken ct);

    /// <summary>The rows are now what the log makes.</summary>
    Task Repaired(DriftFound found, CancellationToken ct);
}
