using Clinic.Contracts;

namespace Clinic.Intake.Domain;

/// <summary>An operator found a licence valid at its register.</summary>
[Subject("practitionerId")]
public sealed record LicenceVerified(
    string PractitionerId, string Profession, Personal<string> Number, string Jurisdiction, string Source, DateTimeOffset CheckedAt,
    DateTimeOffset ExpiresAt);

/// <summary>A practitioner and the licences that were checked.</summary>
public sealed record Practitioner
{
    public required string Id { get; init; }
    public long Version { get; init; }
    public required string PractitionerId { get; init; }

    /// <summary>The latest check of each licence.</summary>
    public required IReadOnlyList<LicenceVerified> Licences { get; init; }

    public static string StreamId(string practitionerId) => $"practitioner-{practitionerId}";

    /// <summary>True when some licence is valid at that instant; expiry is end-exclusive.</summary>
    public bool IsLicensedAt(DateTimeOffset instant) => Licences.Any(licence => instant < licence.ExpiresAt);

    public static Practitioner Create(LicenceVerified e) =>
        new() { Id = StreamId(e.PractitionerId), PractitionerId = e.PractitionerId, Licences = [e] };

    public Practitioner Apply(LicenceVerified e) =>
        this with { Licences = [.. Licences.Where(licence => !SameLicence(licence, e)), e] };

    private static bool SameLicence(LicenceVerified a, LicenceVerified b) =>
        (a.Profession, a.Number, a.Jurisdiction) == (b.Profession, b.Number, b.Jurisdiction);
}
