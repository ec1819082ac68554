namespace Clinic.Contracts.Intake;

/// <summary>
/// The right to practise in further jurisdictions that an interstate compact gives to the holder of a home licence, as its directory
/// stated it when it was asked. Ends with the home licence.
/// </summary>
/// <param name="Compact">Code of the compact, for example <c>psypact</c>.</param>
/// <param name="Credentials">What the directory lists for the practitioner; PSYPACT needs <c>apit</c> and <c>e-passport</c>.</param>
/// <param name="Jurisdictions">ISO 3166-2 codes of the participating jurisdictions.</param>
public sealed record CompactAuthority(string Compact, string[] Credentials, string[] Jurisdictions);
