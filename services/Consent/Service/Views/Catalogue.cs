using Clinic.Consent.Domain;
using Clinic.EventLog;
using Clinic.Hosting;

namespace Clinic.Consent.Service.Views;

/// <summary>The consent documents there are.</summary>
internal static class Catalogue
{
    public static Projection View { get; } = new("documents", logged => logged.Event.Data switch
    {
        DocumentPublished e =>
        [
            Sql.Statement("""
                insert into views.documents (tenant_id, document_id, version, language, document_type, content_hash, published_at, retired)
                values ($1, $2, $3, $4, $5, $6, $7, false)
                """, logged.Event.TenantId, e.DocumentId, e.DocumentVersion, e.Language, e.DocumentType, e.ContentHash, logged.Event.Timestamp)
        ],
        DocumentRetired e =>
        [
            Sql.Statement("update views.documents set retired = true where tenant_id = $1 and document_id = $2 and version = $3 and language = $4",
                logged.Event.TenantId, e.DocumentId, e.DocumentVersion, e.Language)
        ],
        _ => []
    })
    { Tables = ["documents"] };

    public static Task<List<DocumentRow>> Read(Database database, string tenant, CancellationToken ct) => database.Read(tenant, """
        select document_id, version, language, document_type, content_hash, published_at, retired from views.documents
        where tenant_id = $1 order by document_id, language, version
        """, row => new DocumentRow(row.GetString(0), row.GetInt32(1), row.GetString(2), row.GetString(3), row.GetString(4), row.Instant(5), row.GetBoolean(6)), ct);
}

/// <summary>One text.</summary>
internal sealed record DocumentRow(
    string DocumentId, int Version, string Language, string DocumentType, string ContentHash, DateTimeOffset PublishedAt, bool Retired);
