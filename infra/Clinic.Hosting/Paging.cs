using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace Clinic.Hosting;

/// <summary>
/// Which rows of a list: <c>?limit=</c> (1 to 500, default 500) and <c>?cursor=</c>, the value of the answer before's
/// <c>Next-Cursor</c>. A cursor is signed, and good for the same caller's clinic, route and client only.
/// </summary>
/// <param name="Limit">Most rows to answer with.</param>
/// <param name="After">The sort key of the last row shown; empty at the beginning.</param>
public sealed record Page(int Limit, string[] After)
{
    /// <summary>Most rows in one answer.</summary>
    public const int Most = 500;

    /// <summary>Reads it from the query, as endpoints' parameters are.</summary>
    /// <exception cref="MalformedException">The limit is out of range, or the cursor is not one of ours.</exception>
    public static ValueTask<Page> BindAsync(HttpContext http)
    {
        var (limit, cursor) = (http.Request.Query["limit"].ToString(), http.Request.Query["cursor"].ToString());
        if (limit.Length > 0 && !(int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n is > 0 and <= Most))
            throw new MalformedException("limit", $"'limit' is 1 to {Most}.");
        var size = limit.Length > 0 ? int.Parse(limit, CultureInfo.InvariantCulture) : Most;
        return new(new Page(size, cursor.Length == 0 ? [] : http.RequestServices.GetRequiredService<Cursors>().Read(http, cursor)));
    }

    /// <summary>A part of the sort key, for SQL; null at the beginning.</summary>
    public string? Key(int part) => After.Length > part ? After[part] : null;

    /// <summary>Names the next page when there may be one.</summary>
    /// <param name="key">Of the last row: the values of the list's ORDER BY.</param>
    public List<TRow> Answer<TRow>(HttpContext http, List<TRow> rows, Func<TRow, string[]> key)
    {
        if (rows.Count == Limit)
            http.Response.Headers["Next-Cursor"] = http.RequestServices.GetRequiredService<Cursors>().Write(http, key(rows[^1]));
        return rows;
    }
}

/// <summary>Signs cursors, so that a page is asked for only from where one ended.</summary>
/// <param name="secret">Any secret of the service; the key is derived from it.</param>
public sealed class Cursors(byte[] secret)
{
    private const int TagLength = 16;
    private readonly byte[] key = HMACSHA256.HashData(secret.AsSpan(), "clinic cursor v1"u8);

    internal string Write(HttpContext http, string[] after)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(after);
        return WebEncoders.Base64UrlEncode([.. Tag(http, payload), .. payload]);
    }

    internal string[] Read(HttpContext http, string cursor)
    {
        try
        {
            var bytes = WebEncoders.Base64UrlDecode(cursor);
            if (bytes.Length > TagLength && CryptographicOperations.FixedTimeEquals(Tag(http, bytes.AsSpan(TagLength)), bytes.AsSpan(0, TagLength)))
                return JsonSerializer.Deserialize<string[]>(bytes.AsSpan(TagLength)) ?? [];
        }
        catch (FormatException)
        {
        }
        throw new MalformedException("cursor", "'cursor' is not one that this list has given.");
    }

    private byte[] Tag(HttpContext http, ReadOnlySpan<byte> payload)
    {
        var scope = Encoding.UTF8.GetBytes($"{http.User.FindFirst("tenant")?.Value}\n{http.Request.Path}\n{http.Request.Query["clientId"]}\n");
        return HMACSHA256.HashData(key, (byte[])[.. scope, .. payload])[..TagLength];
    }
}
