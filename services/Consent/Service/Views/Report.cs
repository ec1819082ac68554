using System.Globalization;
using System.Net;
using System.Text;
using Clinic.Consent.Domain;
using Clinic.Hosting;

namespace Clinic.Consent.Service.Views;

/// <summary>An accounting of disclosures as it is given: which regime, how far back, its entries, and repeated disclosures told together.</summary>
/// <param name="Excluded">What this regime leaves out, in words.</param>
internal sealed record Report(
    string RequestId, string ClientId, string Regime, DateTimeOffset AskedAt, DateTimeOffset IssuedAt, string Excluded, IReadOnlyList<ReportEntry> Entries,
    IReadOnlyList<RepeatedDisclosure> Repeated)
{
    public static Report Of(AccountingRequest request, string clientId, DateTimeOffset issued, IEnumerable<AccountingRow> ledger, IReadOnlyCollection<Suspension> suspensions)
    {
        var shown = ledger.Where(row => AccountingRegime.Shows(request, row.Entry, suspensions, issued)).ToArray();
        return new Report(request.Id, clientId, request.Regime, request.AskedAt, issued, Words(request),
            [.. shown.Select(row => new ReportEntry(row.At, row.RecipientName, row.RecipientAddress, row.Description, row.PurposeStatement, row.LegalBasis, row.DisclosureId))],
            AccountingRegime.Repeated(shown.Select(row => row.Entry)));
    }

    /// <summary>RFC 4180, with a byte order mark for spreadsheets; no cell begins a formula.</summary>
    public string Csv()
    {
        var csv = new StringBuilder("\uFEFFdate,recipient,address,description,purpose,legal basis,disclosure\r\n");
        foreach (var e in Entries)
            csv.AppendJoin(',', new[] { Instant(e.At), e.Recipient, e.Address, e.Description, e.Purpose, e.LegalBasis, e.DisclosureId }.Select(CsvCell.Of)).Append("\r\n");
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
            html.Append($"<p>To {Encode(r.Recipient)} for {Encode(r.Purpose)} ({Encode(r.LegalBasis)}): {r.Times} times, first on {Instant(r.First)}, last on {Instant(r.Last)}.</p>\n");
        return html.Append(Entries.Count == 0 ? "<p>There were none.</p>\n</body></html>\n" : "</body></html>\n").ToString();
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Words(AccountingRequest request) => request.Regime switch
    {
        Contracts.Consent.AccountingRegimes.Hipaa =>
            "Six years. Not shown: what you agreed to, treatment, payment, operations and what went to you among it (45 CFR 164.528(a)(1)).",
        Contracts.Consent.AccountingRegimes.Part2 => "Three years, made under your consent (42 CFR 2.25).",
        Contracts.Consent.AccountingRegimes.Intermediary =>
            "Three years: to whom intermediaries gave your records on, as they reported it to the clinic (42 CFR 2.24).",
        _ => "Every disclosure on record."
    } + $" Until it was asked for{Days(request)}. What was told in an emergency is shown when the emergency access has been reviewed and telling you does no harm.";

    private static string Days(AccountingRequest request) => (request.From, request.To) switch
    {
        ({ } from, { } to) => $", from {from:yyyy-MM-dd} to {to:yyyy-MM-dd}",
        ({ } from, null) => $", from {from:yyyy-MM-dd} on",
        (null, { } to) => $", no later than {to:yyyy-MM-dd}",
        _ => ""
    };
}

/// <summary>What 45 CFR 164.528(b)(2) asks for, and on what it rested.</summary>
internal sealed record ReportEntry(
    DateTimeOffset At, string Recipient, string Address, string Description, string Purpose, string LegalBasis, string DisclosureId);
