using Clinic.Contracts.Consent;

namespace Clinic.Consent.Domain;

/// <summary>
/// Without which a document of a type is none. Some elements the text must say; the others are filled in when it is proposed and
/// signed. A grant that lacks one is refused with the element named (domain rule 2.2.2, T7).
/// </summary>
public static class MandatoryElements
{
    private static readonly string[] TreatmentPaymentOperations = ["TREAT", "HPAYMT", "HOPERAT"];

    /// <summary>What the text must say.</summary>
    public static IReadOnlyList<string> OfText(string documentType) => documentType switch
    {
        DocumentTypes.HipaaAuthorization =>
            [DocumentElements.Discloser, DocumentElements.RightToRevoke, DocumentElements.Conditioning, DocumentElements.Redisclosure],
        DocumentTypes.Part2Consent =>
            [DocumentElements.Discloser, DocumentElements.RightToRevoke, DocumentElements.Redisclosure, DocumentElements.RefusalConsequence],
        DocumentTypes.GdprExplicitConsent =>
        [
            DocumentElements.Controller, DocumentElements.ExplicitStatement, DocumentElements.Retention, DocumentElements.DataRights,
            DocumentElements.RightToRevoke
        ],
        DocumentTypes.OnlineTherapy =>
        [
            DocumentElements.Limits, DocumentElements.NonverbalCues, DocumentElements.Misdiagnosis, DocumentElements.Breach,
            DocumentElements.TechnicalDisruption, DocumentElements.PlatformDataUse, DocumentElements.Alternatives,
            DocumentElements.Emergencies, DocumentElements.ReplyTimes, DocumentElements.FreedomToStop
        ],
        _ => []
    };

    /// <summary>The first element that this grant lacks, or null when it is complete.</summary>
    /// <param name="elements">What the text says.</param>
    public static string? MissingFrom(string documentType, IReadOnlyCollection<string> elements, Directive directive, GrantConsent grant)
    {
        if (OfText(documentType).FirstOrDefault(element => !elements.Contains(element)) is { } unsaid) return unsaid;
        if (documentType is not (DocumentTypes.HipaaAuthorization or DocumentTypes.Part2Consent)) return null;

        // A denial needs nothing of what lets something out.
        var disclosures = directive.Scopes.Where(s => s.Disclosure is { Denies: false }).Select(s => s.Disclosure!).ToArray();
        if (disclosures.Length == 0) return directive.Scopes.All(s => s.Disclosure is { Denies: true }) ? null : DocumentElements.Recipient;
        if (disclosures.Any(d => d.Categories.Length == 0)) return DocumentElements.Information;
        if (grant.ExpiresAt is not null || grant.ExpiryEvent is not null) return null;

        // "None" will do for treatment, payment and operations under Part 2 (42 CFR 2.31(a)(7)); HIPAA always wants an end.
        return documentType == DocumentTypes.Part2Consent && disclosures.All(d => TreatmentPaymentOperations.Contains(d.Purpose))
            ? null
            : DocumentElements.Expiry;
    }
}
