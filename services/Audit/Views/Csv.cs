using System.Globalization;
using System.Text;

namespace Clinic.Audit.Views;

/// <summary>Rows of the trail as CSV (RFC 4180). Spreadsheets run what begins like a formula, so such a cell gets an apostrophe (OWASP, CSV injection).</summary>
internal static class Csv
{
    private const string Header = "position,producer,sequence,type,eventId,at,actor,actorRole,onBehalfOf,purposeOfUse,clientId,directiveId,directiveVersion,disclosureId,reason,eventHash,body\r\n";
    private const string Formulas = "=+-@\t\r";

    public static string Of(IEnumerable<TrailRow> rows)
    {
        var text = new StringBuilder(Header);
        foreach (var r in rows)
        {
            string?[] cells =
            [
                Number(r.Position), r.Producer, Number(r.Sequence), r.Type, r.EventId, r.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), r.Actor, r.ActorRole, r.OnBehalfOf,
                r.PurposeOfUse, r.ClientId, r.DirectiveId, r.DirectiveVersion?.ToString(CultureInfo.InvariantCulture), r.DisclosureId, r.Reason, r.EventHash, r.Body.GetRawText()
            ];
            text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");
        }
        return text.ToString();
    }

    internal static string Cell(string? value)
    {
        if (string.IsNullOrEmpty(value)) return "";
        var safe = Formulas.Contains(value[0], StringComparison.Ordinal) ? "'" + value : value;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
