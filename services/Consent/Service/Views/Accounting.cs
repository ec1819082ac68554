using Clinic.Consent.Domain;
using Clinic.Contracts;
using Clinic.EventLog;
using Clinic.EventLog.Keys;
using Clinic.Hosting;

namespace Clinic.Consent.Service.Views;

/// <summary>
/// Every disclosure that was made of a client's record: date, recipient and address, what, why (45 CFR 164.528(b)(2)), and
/// under which consent. Which of them a given regime shows is a filter on this ledger, not another ledger. What is personal is a
/// copy of the event's encrypted text, opened for whoever reads the view: an erasure needs to purge nothing here.
/// </summary>
internal static class Accounting
{
    private const string Erased = "(erased)";

    public static Projection View { get; } = new("accounting", logged => logged.Event.Data switch
    {
        DisclosureMade e =>
        [
            Sql.Statement("""
                insert into views.accounting (tenant_id, client_id, disclosure_id, made_at, recipient_id, recipient_name, recipient_address, description,
                    purpose, purpose_statement, legal_basis, directive_id, directive_version, document_id, document_version, discloser, content_hash, event_id)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
                """, logged.Event.TenantId, e.ClientId, e.DisclosureId, e.At, e.RecipientId, e.RecipientName.Copy(), e.RecipientAddress.Copy(), e.Description,
                e.Purpose, e.PurposeStatement.Copy(), e.LegalBasis, e.DirectiveId, e.DirectiveVersion, e.DocumentId, e.DocumentVersion, e.Discloser, e.ContentHash,
                logged.Event.Id)
        ],
        DisclosureDelivered e => [Delivery(logged, e.DisclosureId, "delivered")],
        DisclosureDeliveryFailed e => [Delivery(logged, e.DisclosureId, e.ReasonCode)],
        _ => []
    })
    { Tables = ["accounting"] };

    public static async Task<List<AccountingRow>> Read(
        Database database, FieldEncryption fields, string tenant, string clientId, Page page, CancellationToken ct)
    {
        var rows = await database.Read(tenant, """
            select disclosure_id, made_at, recipient_name, recipient_address, description, purpose, purpose_statement, legal_basis,
                   directive_id, directive_version, document_id, document_version, discloser, content_hash, delivery, recipient_id, event_id
            from views.accounting where tenant_id = $1 and client_id = $2 and ($3::text is null or (made_at, disclosure_id) > ($3::timestamptz, $4))
            order by made_at, disclosure_id limit $5
            """, row => (Row: new AccountingRow(row.GetString(0), row.Instant(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5),
                row.GetString(6), row.GetString(7), row.GetString(8), row.GetInt32(9), row.GetString(10), row.GetInt32(11), row.GetString(12),
                row.GetString(13), row.Text(14)), Recipient: row.GetString(15), Event: row.GetGuid(16)), ct, clientId, page.Key(0), page.Key(1), page.Limit);
        var opened = new List<AccountingRow>(rows.Count);
        foreach (var (row, recipient, id) in rows)
        {
            async ValueTask<string> Open(string text, string member, string subject, string dataClass) => await fields.Read<string>(
                text, new FieldPlace(tenant, Disclosure.StreamId(row.DisclosureId), id, member), subject, dataClass, ct) ?? Erased;
            opened.Add(row with
            {
                RecipientName = await Open(row.RecipientName, "recipientName", Subjects.Of("recipientId", recipient), DataClasses.Contact),
                RecipientAddress = await Open(row.RecipientAddress, "recipientAddress", Subjects.Of("recipientId", recipient), DataClasses.Contact),
                PurposeStatement = await Open(row.PurposeStatement, "purposeStatement", Subjects.Of("clientId", clientId), DataClasses.Record)
            });
        }
        return opened;
    }

    public static string[] Key(AccountingRow row) => [row.At.ToString("O"), row.DisclosureId];

    private static Npgsql.NpgsqlBatchCommand Delivery(LoggedEvent logged, string disclosureId, string outcome) => Sql.Statement(
        "update views.accounting set delivery = $3 where tenant_id = $1 and disclosure_id = $2", logged.Event.TenantId, disclosureId, outcome);
}

/// <summary>One disclosure. What was erased says so, <c>(erased)</c>; that the disclosure was made stays.</summary>
/// <param name="Delivery">What the recipient acknowledged; null until it has.</param>
internal sealed record AccountingRow(
    string DisclosureId, DateTimeOffset At, string RecipientName, string RecipientAddress, string Description, string Purpose, string PurposeStatement,
    string LegalBasis, string DirectiveId, int DirectiveVersion, string DocumentId, int DocumentVersion, string Discloser, string ContentHash, string? Delivery);
