namespace Clinic.Contracts;

/// <summary>
/// Rows of a view were not what the log makes of them: somebody changed them behind the service, or a projection is wrong. The log
/// itself is not concerned. Published before anything is repaired, by the service whose view it is.
/// </summary>
/// <param name="View">Name of the view.</param>
/// <param name="Position">At which position of the log they were compared.</param>
/// <param name="Changed">Rows that were different.</param>
/// <param name="Missing">Rows that were not there.</param>
/// <param name="Added">Rows that the log does not make at all.</param>
/// <param name="Rows">Table and primary key of the first twenty: ids, nothing else of the rows.</param>
[Contract("view.drift-found.v1")]
public sealed record ViewDriftFound(string View, long Position, int Changed, int Missing, int Added, string[] Rows);

/// <summary>Rows of a view were made again what the log makes of them.</summary>
/// <param name="View">Name of the view.</param>
/// <param name="Position">At which position of the log.</param>
/// <param name="Rows">How many.</param>
[Contract("view.repaired.v1")]
public sealed record ViewRepaired(string View, long Position, int Rows);
