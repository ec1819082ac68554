namespace Clinic.Contracts.Consent;

/// <summary>
/// Exactly which text was put before the client: a later version or another language is another text (T6).
/// </summary>
/// <param name="Id">The consent document.</param>
/// <param name="Version">Its version, from 1.</param>
/// <param name="Language">BCP 47 tag of the text shown.</param>
/// <param name="ContentHash">SHA-256 of the text, 64 lower-case hexadecimal digits.</param>
public sealed record DocumentReference(string Id, int Version, string Language, string ContentHash);
