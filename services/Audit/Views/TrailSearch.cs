using Clinic.EventLog;
using Clinic.Hosting;

namespace Clinic.Audit.Views;

/// <summary>What to look for in the trail; a null asks for nothing.</summary>
/// <param name="Types">Names of contracts, each with <c>*</c> at its end for everything that begins so.</param>
/// <param name="Practitioner">Who acted, or whom the event names.</param>
/// <param name="Failed">Only gates that were not passed.</param>
internal sealed record TrailFilter(
    string? ClientId = null, string? Actor = null, string? Practitioner = null, string? RecipientId = null, string? Producer = null, string[]? Types = null,
    DateTimeOffset? From = null, DateTimeOffset? To = null, bool Failed = false);

/// <summary>
/// The trail by any of its columns, in order of time; the same rows as <see cref="Trail"/>. Only what is asked for stands in the
/// statement: a condition that may be none keeps the planner from every index.
/// </summary>
internal static class TrailSearch
{
    public static Task<List<TrailRow>> Find(Database database, string tenant, TrailFilter filter, Page page, CancellationToken ct)
    {
        var (sql, values) = Statement(filter, page);
        return database.Read(tenant, sql, Trail.Row, ct, values);
    }

    internal static (string Sql, object?[] Values) Statement(TrailFilter filter, Page page)
    {
        var (where, values) = (new List<string> { "tenant_id = $1" }, new List<object?>());
        string Next(object value)
        {
            values.Add(value);
            return $"${values.Count + 1}";
        }
        if (filter.ClientId is { } client) where.Add($"client_id = {Next(client)}");
        if (filter.Actor is { } actor) where.Add($"actor = {Next(actor)}");
        if (filter.Practitioner is { } practitioner) where.Add($"(actor = {Next(practitioner)} or practitioner_id = {Next(practitioner)})");
        if (filter.RecipientId is { } recipient) where.Add($"recipient_id = {Next(recipient)}");
        if (filter.Producer is { } producer) where.Add($"producer = {Next(producer)}");
        if (filter.Types is { Length: > 0 } types) where.Add($"({string.Join(" or ", types.Select(type => OfType(type, Next)))})");
        if (filter.From is { } from) where.Add($"at >= {Next(from)}");
        if (filter.To is { } to) where.Add($"at < {Next(to)}");
        if (filter.Failed) where.Add("(body ->> 'passed' = 'false' or body ->> 'outcome' = 'denied' or type like 'consent.disclosure-denied.%')");
        if (page.Key(0) is { } at) where.Add($"(at, producer, sequence) > ({Next(at)}::text::timestamptz, {Next(page.Key(1)!)}, {Next(page.Key(2)!)}::text::bigint)");
        return ($"select {Trail.Columns} from views.trail where {string.Join(" and ", where)} order by at, producer, sequence limit {Next(page.Limit)}", [.. values]);
    }

    /// <summary>A star at the end is the only wildcard: everything that begins so, as a range of the index.</summary>
    private static string OfType(string type, Func<object, string> next) => !type.EndsWith('*') ? $"type collate \"C\" = {next(type)}"
        : type.Length == 1 ? "true"
        // no letter of a name is greater than the last of ASCII
        : $"(type collate \"C\" >= {next(type[..^1])} and type collate \"C\" < {next(type[..^1] + '\x7f')})";
}
