using Clinic.Contracts.Consent;

namespace Clinic.Consent.Domain;

/// <summary>
/// Disclosures the law demands or allows whatever the client says. Which labels each basis reaches; the others stay behind, and
/// where one was asked for by name the whole is denied (T60, T61).
/// </summary>
internal static class WithoutConsent
{
    private static readonly string[] BeyondPart2 = ["BH", "ETH", "HIV", "MH", "PSY", "SDV"];

    /// <summary>Addiction records need a consent or a court's order (42 CFR 2.61); a report of child abuse is allowed (2.12(c)(6)).</summary>
    private static string[] Reach(string basis) => basis switch
    {
        LegalBases.CourtOrder or LegalBases.MandatedReport => [.. BeyondPart2, "SUD"],
        LegalBases.Subpoena or LegalBases.SeriousThreat => BeyondPart2,
        _ => []
    };

    public static DisclosureDecision Evaluate(DisclosureRequested request)
    {
        var labels = request.Labels ?? [];
        if (!LegalBases.WithoutConsent.Contains(request.LegalBasis) || request.BasisReference is null)
            return DisclosureDecision.Deny(null, "basis_insufficient", $"'{request.LegalBasis}' is no basis for a disclosure here.");
        return labels.Except(Reach(request.LegalBasis)).ToArray() is { Length: > 0 } beyond
            ? DisclosureDecision.Deny(null, "basis_insufficient", $"The basis {request.LegalBasis} does not reach what is labelled {string.Join(", ", beyond)}.")
            : new(null, null, [.. labels.Distinct().Order(StringComparer.Ordinal)], [$"The basis {request.LegalBasis}, document {request.BasisReference}, needs no consent."]);
    }
}
