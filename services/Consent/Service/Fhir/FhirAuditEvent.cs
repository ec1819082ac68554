using System.Text.Json.Nodes;
using Clinic.Consent.Service.Views;
using Clinic.Contracts.Consent;

namespace Clinic.Consent.Service.Fhir;

/// <summary>
/// A disclosure and a decision as HL7 FHIR R4 AuditEvents after IHE BALP 1.1: Privacy Disclosure at Source, and Authorization by
/// Consent. One patient each. What the profiles ask for and nobody records here, an address on a network, is the participant's
/// own URN.
/// </summary>
internal static class FhirAuditEvent
{
    private const string Balp = "https://profiles.ihe.net/ITI/BALP/";
    private const string EntityType = "http://terminology.hl7.org/CodeSystem/audit-entity-type";

    /// <summary>Export (DCM 110106), subtype disclose; source, recipient, custodian and authoriser as agents; patient and data as entities.</summary>
    /// <param name="custodian">The clinic whose record it is.</param>
    public static JsonObject Disclosure(string custodian, string clientId, AccountingRow row)
    {
        var emergency = row.LegalBasis == LegalBases.Emergency;
        var recipient = emergency
            ? Agent(Codes.Concept(Codes.Dicom, "110152"), new JsonObject { ["display"] = $"{row.RecipientName}, {row.RecipientAddress}" }, Urn("disclosure", row.DisclosureId))
            : Agent(Codes.Concept(Codes.Dicom, "110152"), Codes.Reference("Organization", row.RecipientId), Urn("recipient", row.RecipientId));
        var authorizer = row.LegalBasis == LegalBases.Consent ? Codes.Reference("Patient", clientId)
            : row.ApprovedBy is { } approver ? Codes.Reference("Practitioner", approver) : null;
        return Event(row.EventId!, "IHE.BasicAudit.PrivacyDisclosure.Source", "110106",
            Codes.Coding("http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle", "disclose"), "R", row.At, "0", null, row.Purpose, "4",
            [
                Agent(Codes.Concept(Codes.Dicom, "110153"), Self, Urn("service", "consent")),
                recipient,
                // who pressed the button, or spoke
                Agent(null, emergency ? Codes.Reference("Practitioner", row.Discloser) : new JsonObject { ["identifier"] = Id("user", row.Discloser) }, requestor: true),
                Agent(Codes.Concept(Codes.Snomed, "159541003"), Codes.Reference("Organization", custodian)),
                .. authorizer is null ? (JsonNode[])[] : [Agent(Codes.Concept(Codes.Snomed, "429577009"), authorizer)]
            ],
            [
                Patient(clientId), .. row.DirectiveId == "none" ? (JsonNode[])[] : [Consent(row.DirectiveId)],
                Entity(Codes.Reference("Bundle", row.DisclosureId), Codes.Coding(EntityType, "2"), "3", row.Description)
            ]);
    }

    /// <summary>
    /// Security alert (DCM 110113) with the consent looked at; outcome 0 permitted, 8 denied with its reason. A decision on another
    /// basis looked at no consent, so it is none of the profile's.
    /// </summary>
    public static JsonObject Decision(string clientId, DecidedRow row)
    {
        var byConsent = row.LegalBasis == LegalBases.Consent;
        return Event($"decision-{row.Position}", byConsent ? "IHE.BasicAudit.AuthZconsent" : null, "110113",
            Codes.Coding(Balp + "CodeSystem/AuthZsubType", byConsent ? "AuthZ-Consent" : "AuthZ-Role"), "E", row.At, row.Permitted ? "0" : "8", row.ReasonCode, row.Purpose, "6",
            [
                Agent(Codes.Concept(Codes.Dicom, "110150"), Codes.Reference("Device", row.RecipientId), Urn("recipient", row.RecipientId)),
                Agent(Codes.Concept(Codes.ParticipationType, "IRCP"), Codes.Reference("Organization", row.RecipientId), requestor: true),
                Agent(Codes.Concept("http://terminology.hl7.org/CodeSystem/v3-RoleClass", "PROV"), Codes.Reference("Organization", row.RecipientId)),
                Agent(Codes.Concept("http://terminology.hl7.org/CodeSystem/extra-security-role-type", "authserver"), Self)
            ],
            byConsent ? [Patient(clientId), Consent(row.DirectiveId)] : [Patient(clientId)]);
    }

    private static JsonObject Event(
        string id, string? profile, string type, JsonObject subtype, string action, DateTimeOffset at, string outcome, string? description, string? purpose,
        string sourceType, JsonNode[] agents, JsonNode[] entities)
    {
        var audit = new JsonObject { ["resourceType"] = "AuditEvent", ["id"] = id };
        if (profile is not null) audit["meta"] = new JsonObject { ["profile"] = new JsonArray($"{Balp}StructureDefinition/{profile}") };
        audit["type"] = Codes.Coding(Codes.Dicom, type);
        audit["subtype"] = new JsonArray(subtype);
        audit["action"] = action;
        audit["recorded"] = Codes.Instant(at);
        audit["outcome"] = outcome;
        if (description is not null) audit["outcomeDesc"] = description;
        if (purpose is not null) audit["purposeOfEvent"] = new JsonArray(Codes.Concept(Codes.ActReason, purpose));
        audit["agent"] = new JsonArray(agents);
        audit["source"] = new JsonObject
        {
            ["observer"] = Self,
            ["type"] = new JsonArray(Codes.Coding("http://terminology.hl7.org/CodeSystem/security-source-type", sourceType))
        };
        audit["entity"] = new JsonArray(entities);
        return audit;
    }

    /// <summary>The profiles want the observer to be an agent, too: the same reference.</summary>
    private static JsonObject Self => Codes.Reference("Device", "consent");

    private static JsonObject Agent(JsonObject? type, JsonObject who, JsonObject? network = null, bool requestor = false)
    {
        var agent = new JsonObject();
        if (type is not null) agent["type"] = type;
        agent["who"] = who;
        agent["requestor"] = requestor;
        if (network is not null) agent["network"] = network;
        return agent;
    }

    private static JsonObject Urn(string kind, string id) => new() { ["address"] = $"urn:clinic:{kind}:{id}", ["type"] = "5" };

    private static JsonObject Id(string kind, string id) => new() { ["system"] = $"urn:clinic:{kind}", ["value"] = id };

    private static JsonObject Patient(string clientId) => Entity(Codes.Reference("Patient", clientId), Codes.Coding(EntityType, "1"), "1");

    private static JsonObject Consent(string? directiveId) => Entity(
        directiveId is null or "none" ? new JsonObject { ["type"] = "Consent", ["display"] = "none that covers it" } : Codes.Reference("Consent", directiveId),
        Codes.Coding("http://hl7.org/fhir/resource-types", "Consent"), "4");

    private static JsonObject Entity(JsonObject what, JsonObject type, string role, string? description = null)
    {
        var entity = new JsonObject { ["what"] = what, ["type"] = type, ["role"] = Codes.Coding("http://terminology.hl7.org/CodeSystem/object-role", role) };
        if (description is not null) entity["description"] = description;
        return entity;
    }
}
