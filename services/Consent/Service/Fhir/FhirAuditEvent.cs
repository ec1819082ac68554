using System.Text.Json.Nodes;
using Clinic.Consent.Service.Views;

namespace Clinic.Consent.Service.Fhir;

/// <summary>
/// A disclosure and a decision as HL7 FHIR R4 AuditEvents, shaped after IHE BALP (privacy disclosure at the source; authorisation
/// decision). One patient each.
/// </summary>
internal static class FhirAuditEvent
{
    private const string AuditType = "http://terminology.hl7.org/CodeSystem/audit-event-type";
    private const string BalpSubtype = "http://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType";
    private const string EntityRole = "http://terminology.hl7.org/CodeSystem/object-role";
    private const string EntityType = "http://terminology.hl7.org/CodeSystem/audit-entity-type";

    /// <summary>Type export (DCM 110106), subtype disclose; source, recipient and custodian as agents; patient and data as entities.</summary>
    public static JsonObject Disclosure(string clientId, AccountingRow row) => Event($"disclosure-{row.DisclosureId}",
        Codes.Coding(Codes.Dicom, "110106"), Codes.Coding("http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle", "disclose"), "R", row.At, "0", row.Purpose,
        [
            Agent("110153", "consent", requestor: false),
            Agent("110152", row.RecipientId, requestor: true),
            AgentOf(Codes.Concept(Codes.ParticipationType, "CST"), row.Discloser)
        ],
        [Patient(clientId), Consent(row.DirectiveId), Data(row.DisclosureId, row.Description)]);

    /// <summary>Type security alert's neighbour DCM 110113 with the consent looked at; outcome 0 permitted, 8 denied.</summary>
    public static JsonObject Decision(string clientId, DecidedRow row) => Event($"decision-{row.DisclosureId}-{row.Position}",
        Codes.Coding(Codes.Dicom, "110113"), Codes.Coding(BalpSubtype, "AuthZ-Consent"), "E", row.At, row.Permitted ? "0" : "8", null,
        [Agent("110152", row.RecipientId, requestor: true), Agent("110153", "consent", requestor: false)],
        [Patient(clientId), Consent(row.DirectiveId ?? "none")], row.ReasonCode);

    private static JsonObject Event(
        string id, JsonObject type, JsonObject subtype, string action, DateTimeOffset at, string outcome, string? purpose, JsonNode[] agents, JsonNode[] entities,
        string? description = null)
    {
        var audit = new JsonObject
        {
            ["resourceType"] = "AuditEvent",
            ["id"] = id[..Math.Min(64, id.Length)],
            ["type"] = type,
            ["subtype"] = new JsonArray(subtype),
            ["action"] = action,
            ["recorded"] = Codes.Instant(at),
            ["outcome"] = outcome
        };
        if (description is not null) audit["outcomeDesc"] = description;
        if (purpose is not null) audit["purposeOfEvent"] = new JsonArray(Codes.Concept(Codes.ActReason, purpose));
        audit["agent"] = new JsonArray(agents);
        audit["source"] = new JsonObject
        {
            ["observer"] = Codes.Reference("Device", "consent"),
            ["type"] = new JsonArray(Codes.Coding("http://terminology.hl7.org/CodeSystem/security-source-type", "4"))
        };
        audit["entity"] = new JsonArray(entities);
        return audit;
    }

    private static JsonObject Agent(string dicom, string id, bool requestor) => AgentOf(Codes.Concept(Codes.Dicom, dicom), id, requestor);

    private static JsonObject AgentOf(JsonObject type, string id, bool requestor = false) =>
        new() { ["type"] = type, ["who"] = Codes.Reference("Organization", id), ["requestor"] = requestor };

    private static JsonObject Patient(string clientId) => new()
    {
        ["what"] = Codes.Reference("Patient", clientId),
        ["type"] = Codes.Coding(EntityType, "1"),
        ["role"] = Codes.Coding(EntityRole, "1")
    };

    private static JsonObject Consent(string directiveId) => new()
    {
        ["what"] = Codes.Reference("Consent", directiveId),
        ["type"] = Codes.Coding("http://hl7.org/fhir/resource-types", "Consent"),
        ["role"] = Codes.Coding(EntityRole, "4")
    };

    private static JsonObject Data(string disclosureId, string description) => new()
    {
        ["what"] = Codes.Reference("Bundle", disclosureId),
        ["type"] = Codes.Coding(EntityType, "2"),
        ["role"] = Codes.Coding(EntityRole, "4"),
        ["description"] = description
    };
}
