using System.Globalization;
using System.Net;
using System.Text;
using Clinic.Consent.Domain;

namespace Clinic.Consent.Service.Views;

/// <summary>An accounting of disclosures as it is given: which regime, how far back, its entries, and repeated disclosures told together.</summary>
/// <param name="Excluded">What this regime leaves out, in words.</param>
internal sealed record Report(
    string RequestId, string ClientId, string Regime, DateTimeOffset AskedAt, DateTimeOffset IssuedAt, string Excluded, IReadOnlyList<ReportEntry> Entries,
    IReadOnlyList<RepeatedDisclosure> Repeated)
{
    public static Report Of(string requestId, string clientId, string regime, DateTimeOffset asked, DateTimeOffset issued, IEnumerable<AccountingRow> ledger,
        IReadOnlyCollection<Suspension> suspensions)
    {
        var shown = ledger.Where(row => AccountingRegime.Shows(regime, row.Entry, asked, suspensions, issued)).ToArray();
        return new Report(requestId, clientId, regime, asked, issued, Words(regime),
            [.. shown.Select(row => new ReportEntry(row.At, row.RecipientName, row.RecipientAddress, row.Description, row.PurposeStatement, row.LegalBasis, row.DisclosureId))],
            AccountingRegime.Repeated(shown.Select(row => row.Entry)));
    }

    /// <summary>RFC 4180, with a byte order mark for spreadsheets; no cell begins a formula.</summary>
    public string Csv()
    {
        var csv = new StringBuilder("\uFEFFdate,recipient,address,description,purpose,legal basis,disclosure\r\n");
        foreach (var e in Entries)
            csv.AppendJoin(',', new[] { Instant(e.At), e.Recipient, e.Address, e.Description, e.Purpose, e.LegalBasis, e.DisclosureId }.Select(Cell)).Append("\r\n");
        return csv.ToString();
    }

    /// <summary>One page for a printer; nothing in it comes from elsewhere and nothing runs.</summary>
    public string Html()
    {
        var html = new StringBuilder($"""
            <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Accounting of disclosures</title>
            <style>body{"{"}font:11pt serif;margin:2cm{"}"}table{"{"}border-collapse:collapse;width:100%{"}"}td,th{"{"}border:1px solid #999;padding:4pt;text-align:left;vertical-align:top{"}"}</style>
            </head><body><h1>Accounting of disclosures</h1>
            <p>Record {Encode(ClientId)}. Asked for on {Instant(AskedAt)}, issued on {Instant(IssuedAt)} ({Encode(Regime)}). {Encode(Excluded)}</p>
            <table><tr><th>Date</th><th>To whom</th><th>Address</th><th>What</th><th>Why</th><th>On what basis</th></tr>

            """);
        foreach (var e in Entries)
            html.Append($"<tr><td>{Instant(e.At)}</td><td>{Encode(e.Recipient)}</td><td>{Encode(e.Address)}</td><td>{Encode(e.Description)}</td><td>{Encode(e.Purpose)}</td><td>{Encode(e.LegalBasis)}</td></tr>\n");
        html.Append("</table>\n");
        foreach (var r in Repeated)
            html.Append($"<p>To {Encode(r.RecipientId)} for {Encode(r.Purpose)}: {r.Times} times, first on {Instant(r.First)}, last on {Instant(r.Last)}.</p>\n");
        return html.Append(Entries.Count == 0 ? "<p>There were none.</p>\n</body></html>\n" : "</body></html>\n").ToString();
    }

    /// <summary>A spreadsheet runs what begins so, even where it is quoted.</summary>
    internal static string Cell(string text)
    {
        var safe = text.Length > 0 && (text[0] is '=' or '+' or '-' or '@' or '\t' or '\r') ? "'" + text : text;
        return $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Words(string regime) => regime switch
    {
        Contracts.Consent.AccountingRegimes.Hipaa =>
            "Six years. Not shown: treatment, payment and operations, what went to you, and what you authorised (45 CFR 164.528(a)(1)).",
        Contracts.Consent.AccountingRegimes.Part2 => "Three years, made under your consent (42 CFR 2.25).",
        _ => "Every disclosure on record."
    };
}

/// <summary>What 45 CFR 164.528(b)(2) asks for, and on what it rested.</summary>
internal sealed record ReportEntry(
    DateTimeOffset At, string Recipient, string Address, string Description, string Purpose, string LegalBasis, string DisclosureId);
