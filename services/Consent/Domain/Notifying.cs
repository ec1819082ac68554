using System.Security.Cryptography;
using System.Text;

namespace Clinic.Consent.Domain;

/// <summary>A notification's id says what it is about, so that it is sent once; ids have 64 characters at most.</summary>
internal static class Notifying
{
    private const int Longest = 64;

    /// <summary>A long id gives way to its hash: two that begin alike are still two.</summary>
    public static string IdOf(string kind, string id) => kind.Length + 1 + id.Length <= Longest
        ? $"{kind}-{id}"
        : $"{kind}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))[..40]}";
}
