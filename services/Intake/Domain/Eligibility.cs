namespace Clinic.Intake.Domain;

/// <summary>Whether a practitioner may treat somebody who is in a place at an instant, and what speaks against it.</summary>
/// <param name="Reasons">
/// <c>licence-missing</c>, <c>licence-expired</c>, <c>licence-lapsed</c>, <c>licence-suspended</c>, <c>competence-missing:TOPIC</c>,
/// <c>competence-expired:TOPIC</c>; empty when eligible.
/// </param>
/// <param name="Licence">The licence that reaches the place, valid or not.</param>
public sealed record Eligibility(IReadOnlyList<string> Reasons, LicenceVerified? Licence)
{
    public bool Eligible => Reasons.Count == 0;

    /// <param name="required">Topics that must have been attested; one that was ever attested must not have expired in any case.</param>
    public static Eligibility Of(Practitioner practitioner, string place, DateTimeOffset instant, IReadOnlyList<string> required)
    {
        var licences = practitioner.KnownAt(instant).Where(licence => Jurisdictions.Cover(licence, place)).ToArray();
        var valid = licences.FirstOrDefault(licence => practitioner.Holds(licence, instant));
        var known = practitioner.CompetencesAt(instant).Select(attested => attested.Topic).ToArray();
        return new Eligibility(
            [
                .. valid is null ? Against(practitioner, licences.LastOrDefault(), instant) : [],
                .. required.Except(known).Select(topic => "competence-missing:" + topic),
                .. practitioner.ExpiredCompetences(instant).Select(topic => "competence-expired:" + topic)
            ], valid ?? licences.LastOrDefault());
    }

    private static string[] Against(Practitioner practitioner, LicenceVerified? licence, DateTimeOffset instant)
    {
        if (licence is null) return ["licence-missing"];
        var interrupted = practitioner.Interruptions.Where(i => i.Jurisdiction == licence.Jurisdiction && i.CoversInstant(instant))
            .Select(i => "licence-" + i.Kind).Distinct();
        return instant < licence.ExpiresAt ? [.. interrupted] : ["licence-expired", .. interrupted];
    }
}
