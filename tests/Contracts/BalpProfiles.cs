using System.Text.Json.Nodes;
using Clinic.Consent.Service.Fhir;
using Clinic.Consent.Service.Views;
using Clinic.Contracts.Consent;

namespace Clinic.Tests.Contracts;

/// <summary>
/// The rules of IHE BALP 1.1.5 (StructureDefinitions IHE.BasicAudit.PrivacyDisclosure.Source and IHE.BasicAudit.AuthZconsent), stated one
/// by one: cardinalities, fixed codes, slices by type, and the invariant that the observer is an agent. Terminology bindings beyond the
/// codes used here, and references to resources that are served elsewhere, are not looked up.
/// </summary>
public sealed class BalpProfiles
{
    private const string Dicom = "http://dicom.nema.org/resources/ontology/DCM", Snomed = "http://snomed.info/sct", Tho = "http://terminology.hl7.org/CodeSystem/";
    private static readonly DateTimeOffset At = new(2026, 3, 2, 9, 30, 0, TimeSpan.Zero);

    private static readonly AccountingRow Made = new("disc-1", At, "Harbour Clinic", "1 Quay", "attendance from 2026-01-01 to 2026-02-28", "TREAT", "Continues care",
        LegalBases.Consent, "dir-1", 2, "sharing", 1, "north.harbour", new string('a', 64), null, "harbour", [], [], EventId: "0195f3a0-0000-7000-8000-000000000001");

    private static readonly DecidedRow Decided = new(41, "disc-1", "harbour", At, true, null, "dir-1", 2, "TREAT", LegalBases.Consent);

    public static TheoryData<string> Disclosures => ["disclosure-consent", "disclosure-without-consent", "disclosure-emergency"];

    public static TheoryData<string> Decisions => ["decision-permit", "decision-deny", "decision-deny-nothing-on-file"];

    private static JsonObject Resource(string name) => name switch
    {
        "disclosure-consent" => FhirAuditEvent.Disclosure("north", "client-1", Made),
        "disclosure-without-consent" => FhirAuditEvent.Disclosure("north", "client-1",
            Made with { LegalBasis = LegalBases.MandatedReport, Purpose = "PATSFTY", DirectiveId = "none", BasisReference = "report-1", ApprovedBy = "sup-1" }),
        "disclosure-emergency" => FhirAuditEvent.Disclosure("north", "client-1",
            Made with { LegalBasis = LegalBases.Emergency, Purpose = "BTG", DirectiveId = "none", RecipientId = "none", BasisReference = "acc-1", Discloser = "ther-1" }),
        "decision-permit" => FhirAuditEvent.Decision("client-1", Decided),
        "decision-deny" => FhirAuditEvent.Decision("client-1", Decided with { Permitted = false, ReasonCode = "consent_withdrawn" }),
        "decision-deny-nothing-on-file" => FhirAuditEvent.Decision("client-1", Decided with { Permitted = false, ReasonCode = "no_consent", DirectiveId = null, DirectiveVersion = null }),
        "decision-another-basis" => FhirAuditEvent.Decision("client-1", Decided with { DirectiveId = "none", DirectiveVersion = 0, LegalBasis = LegalBases.CourtOrder }),
        _ => throw new ArgumentOutOfRangeException(nameof(name))
    };

    [Theory, MemberData(nameof(Disclosures)), MemberData(nameof(Decisions)), InlineData("decision-another-basis")]
    public void a_resource_is_what_it_was(string name)
    {
        var path = Repository.Path("tests", "Contracts", "fhir", name + ".json");
        var text = Resource(name).ToJsonString(new() { WriteIndented = true }) + "\n";
        if (!File.Exists(path))
        {
            Repository.MayAddGolden.ShouldBeTrue($"{name} has no golden file; `make golden` writes it");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
        text.ShouldBe(File.ReadAllText(path));
    }

    [Theory, MemberData(nameof(Disclosures))]
    public void a_disclosure_keeps_the_rules_of_privacy_disclosure_at_source(string name) => PrivacyDisclosureSource(Resource(name)).ShouldBeEmpty();

    [Theory, MemberData(nameof(Decisions))]
    public void a_decision_keeps_the_rules_of_authorisation_by_consent(string name) => AuthZconsent(Resource(name)).ShouldBeEmpty();

    [Fact]
    public void a_decision_on_another_basis_does_not_say_that_it_looked_at_a_consent()
    {
        var audit = Resource("decision-another-basis");
        audit["meta"].ShouldBeNull();
        audit["entity"]!.AsArray().ShouldHaveSingleItem();
    }

    [Fact]
    public void what_a_person_authorised_names_that_person() =>
        new[] { "disclosure-consent", "disclosure-without-consent", "disclosure-emergency" }
            .Select(name => Agents(Resource(name), Snomed, "429577009").SingleOrDefault()?["who"]!["identifier"]!["value"]!.GetValue<string>())
            .ShouldBe(["client-1", "sup-1", null]);

    [Fact]
    public void a_rule_that_is_broken_is_noticed()
    {
        List<string> After(Action<JsonObject> change, string name, Func<JsonObject, List<string>> rules)
        {
            var resource = Resource(name);
            change(resource);
            return rules(resource);
        }
        After(r => r["action"] = "C", "disclosure-consent", PrivacyDisclosureSource).ShouldHaveSingleItem();
        After(r => r["agent"]!.AsArray().RemoveAt(1), "disclosure-consent", PrivacyDisclosureSource).ShouldHaveSingleItem();
        After(r => r["agent"]![0]!.AsObject().Remove("network"), "disclosure-consent", PrivacyDisclosureSource).ShouldHaveSingleItem();
        After(r => r["source"]!["observer"]!["identifier"]!["value"] = "another", "disclosure-consent", PrivacyDisclosureSource).ShouldHaveSingleItem();
        After(r => r["entity"]!.AsArray().RemoveAt(1), "decision-permit", AuthZconsent).ShouldHaveSingleItem();
        After(r => r["agent"]![1]!["requestor"] = false, "decision-permit", AuthZconsent).ShouldContain("agent:user");
        After(r => r["outcome"] = "4", "decision-permit", AuthZconsent).ShouldContain("outcome");
    }

    private static List<string> PrivacyDisclosureSource(JsonObject audit)
    {
        var broken = Common(audit, "IHE.BasicAudit.PrivacyDisclosure.Source", "110106", "R");
        Rule(broken, audit["subtype"]!.AsArray().Any(s => Is(s, Tho + "iso-21089-lifecycle", "disclose")), "subtype:disclosure");
        foreach (var (slice, code) in new[] { ("source", "110153"), ("recipient", "110152") })
            Rule(broken, Agents(audit, Dicom, code) is [var agent] && agent["who"] is not null && agent["network"]?["address"] is not null, $"agent:{slice}");
        Rule(broken, Agents(audit, Dicom, "110153").TrueForAll(a => JsonNode.DeepEquals(a["who"], audit["source"]!["observer"])), "val-audit-source");
        foreach (var code in new[] { "159541003", "429577009" })
            Rule(broken, Agents(audit, Snomed, code) is [] or [{ }] && Agents(audit, Snomed, code).TrueForAll(a => a["who"] is not null), $"agent:{code}");
        Rule(broken, audit["entity"]!.AsArray().Count >= 2, "entity 2..*");
        return broken;
    }

    private static List<string> AuthZconsent(JsonObject audit)
    {
        var broken = Common(audit, "IHE.BasicAudit.AuthZconsent", "110113", "E");
        Rule(broken, Is(audit["subtype"]!.AsArray().Single(), "https://profiles.ihe.net/ITI/BALP/CodeSystem/AuthZsubType", "AuthZ-Consent"), "subtype");
        Rule(broken, audit["outcome"]!.GetValue<string>() is "0" or "8", "outcome");
        Rule(broken, audit["outcome"]!.GetValue<string>() == "0" || audit["outcomeDesc"] is not null, "outcomeDesc of a deny");
        // who and requestor of each slice, what it must have and what it must not
        (string Slice, string System, string Code, bool? Requestor, string[] Has, string[] Not)[] slices =
        [
            ("client", Dicom, "110150", null, ["network"], ["role", "altId", "name", "location", "media", "purposeOfUse"]),
            ("user", Tho + "v3-ParticipationType", "IRCP", true, [], ["altId", "location", "media", "network"]),
            ("userorg", Tho + "v3-RoleClass", "PROV", false, [], ["role", "altId", "name", "location", "policy", "media", "network"]),
            ("authorizer", Tho + "extra-security-role-type", "authserver", false, [], ["role", "altId", "name", "location", "policy", "media", "network", "purposeOfUse"])
        ];
        foreach (var (slice, system, code, requestor, has, not) in slices)
            Rule(broken, Agents(audit, system, code) is [var agent] && agent["who"] is not null && (requestor is null || agent["requestor"]!.GetValue<bool>() == requestor)
                && has.All(agent.ContainsKey) && !not.Any(agent.ContainsKey), $"agent:{slice}");
        Rule(broken, Agents(audit, Tho + "extra-security-role-type", "authserver").TrueForAll(a => JsonNode.DeepEquals(a["who"], audit["source"]!["observer"])), "val-audit-source");
        var entities = audit["entity"]!.AsArray();
        var consents = entities.Where(e => Is(e!["type"], "http://hl7.org/fhir/resource-types", "Consent")).ToArray();
        // closed: patient, consents, and a token that nobody issues here
        Rule(broken, consents.Length >= 1 && consents.All(c => c!["what"] is not null) && entities.Count == consents.Length + 1, "entity:consent");
        return broken;
    }

    private static List<string> Common(JsonObject audit, string profile, string type, string action)
    {
        var broken = new List<string>();
        Rule(broken, audit["meta"]!["profile"]!.AsArray().Single()!.GetValue<string>() == $"https://profiles.ihe.net/ITI/BALP/StructureDefinition/{profile}", "meta.profile");
        Rule(broken, audit["modifierExtension"] is null, "modifierExtension");
        Rule(broken, Is(audit["type"], Dicom, type), "type");
        Rule(broken, audit["action"]!.GetValue<string>() == action, "action");
        Rule(broken, audit["recorded"] is not null && audit["outcome"] is not null, "recorded, outcome");
        Rule(broken, audit["purposeOfEvent"] is not null, "purposeOfEvent");
        Rule(broken, audit["agent"]!.AsArray().Count(a => a!["requestor"]!.GetValue<bool>()) == 1, "one requestor");
        // one patient, and no other person
        var persons = audit["entity"]!.AsArray().Where(e => Is(e!["type"], Tho + "audit-entity-type", "1")).ToArray();
        Rule(broken, persons is [{ } patient] && Is(patient["role"], Tho + "object-role", "1") && patient["what"]!["type"]!.GetValue<string>() == "Patient", "entity:patient");
        return broken;
    }

    private static void Rule(List<string> broken, bool kept, string rule)
    {
        if (!kept) broken.Add(rule);
    }

    private static List<JsonObject> Agents(JsonObject audit, string system, string code) =>
        [.. audit["agent"]!.AsArray().Select(a => a!.AsObject()).Where(a => a["type"]?["coding"]!.AsArray().Any(c => Is(c, system, code)) == true)];

    private static bool Is(JsonNode? coding, string system, string code) => coding?["system"]?.GetValue<string>() == system && coding["code"]?.GetValue<string>() == code;
}
