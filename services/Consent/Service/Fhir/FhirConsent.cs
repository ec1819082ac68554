using System.Text.Json.Nodes;
using Clinic.Consent.Domain;
using Clinic.Contracts.Consent;

namespace Clinic.Consent.Service.Fhir;

/// <summary>A directive as an HL7 FHIR R4 Consent. Who signed is the R4 performer, which R5 calls grantor.</summary>
internal static class FhirConsent
{
    public static JsonObject Of(string clientId, Directive directive, DateTimeOffset now)
    {
        var provision = new JsonObject { ["type"] = "deny" };
        var nested = directive.Scopes.Select(Provision).ToArray();
        if (nested.Length > 0) provision["provision"] = new JsonArray([.. nested]);
        if (Period(directive) is { } period) provision["period"] = period;
        var consent = new JsonObject
        {
            ["resourceType"] = "Consent",
            ["id"] = directive.Id,
            ["meta"] = new JsonObject
            {
                ["versionId"] = directive.Version.ToString(),
                ["security"] = new JsonArray(Codes.Coding(Codes.Confidentiality, "R"))
            },
            ["status"] = Status(directive, now),
            ["scope"] = Codes.Concept(Codes.ConsentScope, directive.Scopes.Any(s => s.Kind == ScopeKinds.Research) ? "research"
                : directive.Scopes.Any(s => s.Disclosure is not null) ? "patient-privacy" : "treatment"),
            ["category"] = new JsonArray(Codes.Concept(Codes.Loinc, "59284-0")),
            ["patient"] = Codes.Reference("Patient", clientId),
            ["policy"] = new JsonArray(new JsonObject { ["uri"] = $"urn:clinic:document:{directive.Document.Id}:{directive.Document.Version}:{directive.Document.Language}" }),
            ["provision"] = provision
        };
        if (directive.ValidFrom is { } from) consent["dateTime"] = Codes.Instant(from);
        if (directive.Status != DirectiveStatus.Proposed)
            consent["performer"] = new JsonArray(directive.AuthorityId is { } authority ? Codes.Reference("RelatedPerson", authority) : Codes.Reference("Patient", clientId));
        return consent;
    }

    // R4 knows no "not done": a refusal is rejected
    private static string Status(Directive directive, DateTimeOffset now) => directive.Status switch
    {
        DirectiveStatus.Proposed => "proposed",
        DirectiveStatus.Refused => "rejected",
        DirectiveStatus.EnteredInError => "entered-in-error",
        _ when directive.HoldsAt(now) || (directive.Status == DirectiveStatus.Active && directive.ValidFrom > now) => "active",
        _ => "inactive"
    };

    private static JsonNode? Provision(ConsentScope scope)
    {
        var kind = Codes.Concept("urn:clinic:scope", scope.Value is null ? scope.Kind : $"{scope.Kind}:{scope.Value}");
        if (scope.Disclosure is not { } disclosure) return new JsonObject { ["type"] = "permit", ["code"] = new JsonArray(kind) };
        var provision = new JsonObject { ["type"] = disclosure.Denies ? "deny" : "permit" };
        if (disclosure.RecipientId != DisclosureScope.Any)
            provision["actor"] = new JsonArray(new JsonObject
            {
                ["role"] = Codes.Concept(Codes.ParticipationType, "IRCP"),
                ["reference"] = Codes.Reference("Organization", disclosure.RecipientId)
            });
        provision["action"] = new JsonArray(Codes.Concept(Codes.ConsentAction, "disclose"));
        if (disclosure.Sensitivity.Length > 0)
            provision["securityLabel"] = new JsonArray([.. disclosure.Sensitivity.Select(label => (JsonNode)Codes.Coding(Codes.ActCode, label))]);
        if (disclosure.Purpose != DisclosureScope.Any) provision["purpose"] = new JsonArray(Codes.Coding(Codes.ActReason, disclosure.Purpose));
        JsonNode[] codes = [.. disclosure.Categories.Select(category => Codes.Concept("urn:clinic:category", category))];
        // of notes and proceedings the kind narrows what the categories say
        if (scope.Kind != ScopeKinds.Disclosure) codes = [kind];
        if (codes.Length > 0) provision["code"] = new JsonArray(codes);
        if (disclosure.PeriodFrom is not null || disclosure.PeriodTo is not null)
        {
            var period = new JsonObject();
            if (disclosure.PeriodFrom is { } from) period["start"] = from.ToString("yyyy-MM-dd");
            if (disclosure.PeriodTo is { } to) period["end"] = to.ToString("yyyy-MM-dd");
            provision["dataPeriod"] = period;
        }
        return provision;
    }

    private static JsonObject? Period(Directive directive)
    {
        if (directive.ValidFrom is not { } from) return null;
        var period = new JsonObject { ["start"] = Codes.Instant(from) };
        var end = new[] { directive.ExpiresAt, directive.WithdrawnFrom, directive.EndedFrom }.Min();
        if (end is { } until) period["end"] = Codes.Instant(until < from ? from : until);
        return period;
    }
}
