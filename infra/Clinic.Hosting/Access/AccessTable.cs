using Clinic.Contracts;

namespace Clinic.Hosting.Access;

/// <summary>Every row of one service, those of the host itself included.</summary>
public sealed class AccessTable
{
    private static readonly AccessRow[] Hosts =
    [
        Allow.Open("health-live"),
        Allow.Open("health-ready"),
        Allow.Open("sealing-keys"),
        Allow.Route("openapi", Roles.Client, Roles.PeerSupporter, Roles.Therapist, Roles.Supervisor, Roles.ClinicSystem, Roles.Auditor, Roles.Operator),
        .. Proofs.Rows
    ];

    private readonly Dictionary<string, AccessRow> rows;

    /// <exception cref="ArgumentException">Two rows for one operation, or one without a role.</exception>
    public AccessTable(params AccessRow[] rows)
    {
        this.rows = rows.Concat(Hosts).ToDictionary(row => row.Operation, StringComparer.Ordinal);
        if (rows.FirstOrDefault(row => row.Roles.Length == 0 && row.Reach is Reach.Clinic or Reach.Client) is { } nobodys)
            throw new ArgumentException($"{nobodys.Operation} is allowed to nobody");
    }

    /// <summary>In the order in which they were stated.</summary>
    public IReadOnlyCollection<AccessRow> Rows => rows.Values;

    /// <summary>The row, or null: then nobody may.</summary>
    public AccessRow? Find(string? operation) => operation is null ? null : rows.GetValueOrDefault(operation);
}
