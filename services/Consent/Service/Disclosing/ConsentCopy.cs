using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Clinic.Consent.Domain;
using Clinic.Contracts;
using Clinic.EventLog;

namespace Clinic.Consent.Service.Disclosing;

/// <summary>The copy of the consent that goes along with records under 42 CFR Part 2 (2.32(b)): what was read, what it allows, until when.</summary>
internal sealed class ConsentCopy(IEventStore store)
{
    /// <summary>Null when the text cannot be shown: then nothing leaves.</summary>
    public async Task<(JsonNode Copy, string Hash)?> Of(string tenant, Directive directive, CancellationToken ct)
    {
        var document = (await store.Load<ConsentDocument>(tenant, ConsentDocument.StreamId(directive.Document.Id), default, ct)).State;
        if (document?.Find(directive.Document.Version, directive.Document.Language) is not { } text || text.ContentHash != directive.Document.ContentHash) return null;
        var copy = new
        {
            directiveId = directive.Id,
            directiveVersion = directive.Version,
            document = directive.Document,
            text.DocumentType,
            text = text.Text,
            directive.Scopes,
            directive.ValidFrom,
            directive.ExpiresAt,
            directive.ExpiryEvent
        };
        var bytes = JsonSerializer.SerializeToUtf8Bytes(copy, ContractJson.Options);
        return (JsonNode.Parse(bytes)!, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }
}
