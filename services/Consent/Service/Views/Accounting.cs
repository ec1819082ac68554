using Clinic.Consent.Domain;
using Clinic.Consent.Service.Timing;
using Clinic.Contracts;
using Clinic.EventLog;
using Clinic.EventLog.Keys;
using Clinic.Hosting;

namespace Clinic.Consent.Service.Views;

/// <summary>
/// Every disclosure that was made of a client's record: date, recipient and address, what, why (45 CFR 164.528(b)(2)), and
/// under which consent. Which of them a given regime shows is a filter on this ledger, not another ledger. What is personal is a
/// copy of the event's encrypted text, opened for whoever reads the view: an erasure needs to purge nothing here. A withdrawal or
/// correction that reaches back sets a deadline here, due at once, because here every earlier disclosure has been seen.
/// </summary>
internal static class Accounting
{
    private const string Erased = "(erased)", Made = "made", Emergency = "emergency", Onward = "onward";

    public static Projection View { get; } = new("accounting", logged => logged.Event.Data switch
    {
        DisclosureMade e =>
        [
            Insert(logged, Made, e.ClientId, e.DisclosureId, e.At, e.RecipientId, e.RecipientName.Copy(), e.RecipientAddress.Copy(), e.Description, e.Purpose,
                e.PurposeStatement.Copy(), e.LegalBasis, e.DirectiveId, e.DirectiveVersion, e.DocumentId, e.DocumentVersion, e.Discloser, e.ContentHash,
                e.NoticeId, e.BasisReference, e.ApprovedBy)
        ],
        EmergencyDisclosureMade e =>
        [
            Insert(logged, Emergency, e.ClientId, e.DisclosureId, e.At, "none", e.RecipientName.Copy(), e.Facility.Copy(), e.Description.Copy(), "BTG",
                e.NatureOfEmergency.Copy(), Contracts.Consent.LegalBases.Emergency, "none", 0, "none", 0, e.Discloser, "", null, e.AccessId, null)
        ],
        OnwardDisclosureReported e =>
        [
            Insert(logged, Onward, e.ClientId, e.OnwardId, e.At, e.RecipientId, e.ParticipantName.Copy(), e.RecipientName.Copy(), e.Description.Copy(), e.Purpose,
                "", Contracts.Consent.LegalBases.Consent, e.DirectiveId, e.DirectiveVersion, "none", 0, e.ReportedBy, "", null, null, null),
            .. e.ReasonCode is { } reason
                ? (Npgsql.NpgsqlBatchCommand[])[Sql.Statement("update views.accounting set flags = array[$3] where tenant_id = $1 and event_id = $2", logged.Event.TenantId, logged.Event.Id, reason)]
                : []
        ],
        DisclosureDelivered e => [Delivery(logged, e.DisclosureId, "delivered")],
        DisclosureDeliveryFailed e => [Delivery(logged, e.DisclosureId, e.ReasonCode)],
        DisclosureRedacted e => [Sql.Statement("update views.accounting set redacted = $3 where tenant_id = $1 and disclosure_id = $2 and kind = 'made'", logged.Event.TenantId, e.DisclosureId, e.Labels)],
        DisclosureFlagged e =>
        [
            Sql.Statement("update views.accounting set flags = array_append(array_remove(flags, $3), $3) where tenant_id = $1 and disclosure_id = $2 and kind = 'made'",
                logged.Event.TenantId, e.DisclosureId, e.ReasonCode)
        ],
        ConsentWithdrawn { StatedFrom: not null } e => [Deadlines.Set(logged, Flagging.Name(e.DirectiveId), logged.Event.Timestamp)],
        ConsentEnteredInError e => [Deadlines.Set(logged, Flagging.Name(e.DirectiveId), logged.Event.Timestamp)],
        _ => []
    })
    { Tables = ["accounting"] };

    /// <summary>One page of it, for the client or who may see the client.</summary>
    public static Task<List<AccountingRow>> Read(Database database, FieldEncryption fields, string tenant, string clientId, Page page, CancellationToken ct) =>
        Read(database, fields, tenant, clientId, page.Key(0), page.Key(1), page.Limit, ct);

    /// <summary>All of it.</summary>
    public static Task<List<AccountingRow>> ReadAll(Database database, FieldEncryption fields, string tenant, string clientId, CancellationToken ct) =>
        Read(database, fields, tenant, clientId, null, null, int.MaxValue, ct);

    public static string[] Key(AccountingRow row) => [row.At.ToString("O"), row.EventId!];

    private static async Task<List<AccountingRow>> Read(
        Database database, FieldEncryption fields, string tenant, string clientId, string? at, string? after, int limit, CancellationToken ct)
    {
        var rows = await database.Read(tenant, """
            select disclosure_id, made_at, recipient_name, recipient_address, description, purpose, purpose_statement, legal_basis,
                   directive_id, directive_version, document_id, document_version, discloser, content_hash, delivery, recipient_id, event_id,
                   stream_id, kind, flags, redacted, notice_id, basis_reference, approved_by
            from views.accounting where tenant_id = $1 and client_id = $2 and ($3::text is null or (made_at, event_id) > ($3::timestamptz, $4::uuid))
            order by made_at, event_id limit $5
            """, row => (Row: new AccountingRow(row.GetString(0), row.Instant(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5),
                row.GetString(6), row.GetString(7), row.GetString(8), row.GetInt32(9), row.GetString(10), row.GetInt32(11), row.GetString(12),
                row.GetString(13), row.Text(14), row.GetString(15), row.GetFieldValue<string[]>(19), row.GetFieldValue<string[]>(20), row.Text(21), row.Text(22), row.Text(23), row.GetGuid(16).ToString()),
                Event: row.GetGuid(16), Stream: row.GetString(17), Kind: row.GetString(18)), ct, clientId, at, after, limit);
        var opened = new List<AccountingRow>(rows.Count);
        foreach (var (row, id, stream, kind) in rows)
        {
            async ValueTask<string> Open(string text, string member, string subject, string dataClass) => await fields.Read<string>(
                text, new FieldPlace(tenant, stream, id, member), subject, dataClass, ct) ?? Erased;
            var (client, recipient) = (Subjects.Of("clientId", clientId), Subjects.Of("recipientId", row.RecipientId));
            opened.Add(kind == Emergency
                ? row with
                {
                    RecipientName = await Open(row.RecipientName, "recipientName", client, DataClasses.Record),
                    RecipientAddress = await Open(row.RecipientAddress, "facility", client, DataClasses.Record),
                    Description = await Open(row.Description, "description", client, DataClasses.Record),
                    PurposeStatement = await Open(row.PurposeStatement, "natureOfEmergency", client, DataClasses.Record)
                }
                : kind == Onward
                ? row with
                {
                    RecipientName = await Open(row.RecipientName, "participantName", recipient, DataClasses.Contact),
                    RecipientAddress = $"through {await Open(row.RecipientAddress, "recipientName", recipient, DataClasses.Contact)}",
                    Description = await Open(row.Description, "description", client, DataClasses.Record),
                    Through = row.RecipientId
                }
                : row with
                {
                    RecipientName = await Open(row.RecipientName, "recipientName", recipient, DataClasses.Contact),
                    RecipientAddress = await Open(row.RecipientAddress, "recipientAddress", recipient, DataClasses.Contact),
                    PurposeStatement = await Open(row.PurposeStatement, "purposeStatement", client, DataClasses.Record)
                });
        }
        return opened;
    }

    private static Npgsql.NpgsqlBatchCommand Insert(LoggedEvent logged, string kind, params object?[] values) => Sql.Statement("""
        insert into views.accounting (tenant_id, event_id, stream_id, kind, client_id, disclosure_id, made_at, recipient_id, recipient_name, recipient_address, description,
            purpose, purpose_statement, legal_basis, directive_id, directive_version, document_id, document_version, discloser, content_hash,
            notice_id, basis_reference, approved_by)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
        """, [logged.Event.TenantId, logged.Event.Id, logged.Event.StreamKey, kind, .. values]);

    private static Npgsql.NpgsqlBatchCommand Delivery(LoggedEvent logged, string disclosureId, string outcome) => Sql.Statement(
        "update views.accounting set delivery = $3 where tenant_id = $1 and disclosure_id = $2 and kind = 'made'", logged.Event.TenantId, disclosureId, outcome);
}

/// <summary>One disclosure. What was erased says so, <c>(erased)</c>; that the disclosure was made stays.</summary>
/// <param name="Delivery">What the recipient acknowledged; null until it has.</param>
/// <param name="Flags">What was learned later and speaks against it.</param>
/// <param name="Redacted">Labels of what was left out.</param>
/// <param name="NoticeId">Which notice against redisclosure went along.</param>
/// <param name="BasisReference">What it rests on instead of a consent.</param>
/// <param name="ApprovedBy">Who approved it, where it rests on no consent.</param>
/// <param name="Through">The intermediary that made it; null of those made here.</param>
/// <param name="EventId">The event that says so; what a proof is asked for with.</param>
internal sealed record AccountingRow(
    string DisclosureId, DateTimeOffset At, string RecipientName, string RecipientAddress, string Description, string Purpose, string PurposeStatement,
    string LegalBasis, string DirectiveId, int DirectiveVersion, string DocumentId, int DocumentVersion, string Discloser, string ContentHash, string? Delivery,
    string RecipientId, string[] Flags, string[] Redacted, string? NoticeId = null, string? BasisReference = null, string? ApprovedBy = null,
    string? EventId = null, string? Through = null)
{
    public LedgerEntry Entry => new(DisclosureId, At, RecipientId, Purpose, LegalBasis, Description, $"{RecipientName}, {RecipientAddress}", Through is not null);
}
