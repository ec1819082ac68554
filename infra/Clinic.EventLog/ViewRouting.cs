using System.Text.RegularExpressions;
using Npgsql;

namespace Clinic.EventLog;

/// <summary>A projection's own statements, on copies of its tables that stand in another schema.</summary>
internal sealed class ViewRouting(Projection projection, string schema)
{
    private readonly Regex? ours = projection.Tables.Count == 0 ? null : new($@"\bviews\.({string.Join('|', projection.Tables.Select(Regex.Escape))})\b", RegexOptions.CultureInvariant);
    private readonly Dictionary<string, string> routed = [];

    /// <exception cref="InvalidOperationException">It writes a table it does not name, or reads another view's: a copy of its own would not be the same.</exception>
    public NpgsqlBatchCommand Route(NpgsqlBatchCommand statement)
    {
        if (!routed.TryGetValue(statement.CommandText, out var sql))
        {
            sql = ours?.Replace(statement.CommandText, $"{schema}.$1") ?? statement.CommandText;
            if (sql == statement.CommandText || Regex.IsMatch(sql, @"\bviews\."))
                throw new InvalidOperationException($"{projection.Name} writes a table that is not among its Tables, or reads another view's");
            routed[statement.CommandText] = sql;
        }
        statement.CommandText = sql;
        return statement;
    }
}
