using System.Globalization;
using System.Text.Json.Nodes;

namespace Clinic.Consent.Service.Fhir;

/// <summary>Code systems and the small shapes every resource is made of. Sources: HL7 THO, DICOM, IHE BALP.</summary>
internal static class Codes
{
    public const string Confidentiality = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";
    public const string ActCode = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
    public const string ActReason = "http://terminology.hl7.org/CodeSystem/v3-ActReason";
    public const string ParticipationType = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
    public const string ConsentScope = "http://terminology.hl7.org/CodeSystem/consentscope";
    public const string ConsentAction = "http://terminology.hl7.org/CodeSystem/consentaction";
    public const string Loinc = "http://loinc.org";
    public const string Snomed = "http://snomed.info/sct";
    public const string Dicom = "http://dicom.nema.org/resources/ontology/DCM";

    public static JsonObject Coding(string system, string code) => new() { ["system"] = system, ["code"] = code };

    public static JsonObject Concept(string system, string code) => new() { ["coding"] = new JsonArray(Coding(system, code)) };

    /// <summary>By identifier where the resource is not served here: a pseudonym or an id of ours.</summary>
    public static JsonObject Reference(string type, string id) =>
        new() { ["type"] = type, ["identifier"] = new JsonObject { ["system"] = $"urn:clinic:{type.ToLowerInvariant()}", ["value"] = id } };

    public static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static JsonObject Bundle(IReadOnlyCollection<JsonObject> resources) => new()
    {
        ["resourceType"] = "Bundle",
        ["type"] = "searchset",
        ["total"] = resources.Count,
        ["entry"] = resources.Count == 0 ? null : new JsonArray([.. resources.Select(r => (JsonNode)new JsonObject { ["resource"] = r, ["search"] = new JsonObject { ["mode"] = "match" } })])
    };
}
