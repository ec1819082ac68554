using System.Globalization;
using System.Net;
using System.Text;

namespace Clinic.Consent.Service.Register;

/// <summary>The register for a printer; nothing in it comes from elsewhere and nothing runs.</summary>
internal static class RegisterPage
{
    public static string Of(ProcessingRegister register)
    {
        var html = new StringBuilder($"""
            <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Record of processing activities</title>
            <style>body{"{"}font:11pt serif;margin:2cm{"}"}table{"{"}border-collapse:collapse;width:100%{"}"}td,th{"{"}border:1px solid #999;padding:4pt;text-align:left;vertical-align:top{"}"}</style>
            </head><body><h1>Record of processing activities</h1>
            <p>Clinic {Encode(register.Clinic)}, on {Day(register.At)} (GDPR Art. 30(1)).</p>

            """);
        var who = register.Controller;
        Table(html, "Who answers for it", ["", ""],
            [["Controller", who.Name], ["Contact", who.Contact], ["Country", who.Country], ["Representative", who.Representative], ["Data protection officer", who.DataProtectionOfficer]]);
        Table(html, "What for, whose data, and which", ["Service", "Purpose", "On what basis", "Whose", "Records that may leave", "What people say there"],
            register.Activities.Select(a => (string?[])[a.Service, a.Purpose, Lines(a.LegalBases), Lines(a.DataSubjects), Lines(a.RecordCategories), Lines(a.Words)]));
        Table(html, "To whom", ["Recipient", "Country", "Gives on to", "What has gone there"],
            register.Recipients.Select(r => (string?[])[$"{r.Name} ({r.RecipientId})", r.Country, r.Intermediary ? $"{r.Participants} participants" : "",
                Lines(r.Went.Select(w => $"{w.Purpose}, {w.LegalBasis}: {w.Times} times, last on {Day(w.Last)}"))]));
        Table(html, "To other countries", ["Recipient", "Country", "Safeguard"], register.Transfers.Select(t => (string?[])[$"{t.Name} ({t.RecipientId})", t.Country, t.Safeguard]));
        Table(html, "Until when", ["Class of data", "Kept"],
            register.TimeLimits.Select(t => (string?[])[t.DataClass, t.KeepDays is { } days ? $"{days} days after the last entry about the client" : "until it is erased on request"]));
        Table(html, "How it is protected", ["Measure"], register.SecurityMeasures.Select(m => (string?[])[m]));
        if (register.Missing.Count > 0) Table(html, "Still to be said by the clinic", ["Missing"], register.Missing.Select(m => (string?[])[m]));
        return html.Append("</body></html>\n").ToString();
    }

    private static void Table(StringBuilder html, string title, string[] heads, IEnumerable<string?[]> rows)
    {
        html.Append(CultureInfo.InvariantCulture, $"<h2>{Encode(title)}</h2>\n<table><tr>{string.Concat(heads.Select(h => $"<th>{Encode(h)}</th>"))}</tr>\n");
        foreach (var row in rows)
            html.Append(CultureInfo.InvariantCulture, $"<tr>{string.Concat(row.Select(cell => $"<td>{Encode(cell).Replace("\n", "<br>", StringComparison.Ordinal)}</td>"))}</tr>\n");
        html.Append("</table>\n");
    }

    private static string Lines(IEnumerable<string> many) => string.Join('\n', many);

    private static string Encode(string? text) => WebUtility.HtmlEncode(text ?? "");

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
