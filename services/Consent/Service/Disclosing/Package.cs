using Clinic.Consent.Domain;

namespace Clinic.Consent.Service.Disclosing;

/// <summary>What is about to leave, and what the ledger will say of it.</summary>
/// <param name="Bytes">As they go out: encrypted to the recipient.</param>
/// <param name="ContentHash">SHA-256 of the plaintext: only who could open the package can acknowledge it.</param>
/// <param name="Labels">The labels it was assembled with.</param>
/// <param name="Removed">Labels of what its owners left out.</param>
/// <param name="Notice">The notice against redisclosure in it.</param>
/// <param name="ConsentCopyHash">SHA-256 of the copy of the consent in it.</param>
/// <param name="Under">What it was assembled under; null of the empty one, which never leaves.</param>
internal sealed record Package(
    byte[] Bytes, string ContentHash, string Description, string[] Labels, string[] Removed, string? Notice, string? ConsentCopyHash,
    AssembledUnder? Under)
{
    public static Package Empty(string description) => new([], new string('0', 64), description, [], [], null, null, null);
}
