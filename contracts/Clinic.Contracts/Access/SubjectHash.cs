using System.Security.Cryptography;
using System.Text;

namespace Clinic.Contracts.Access;

/// <summary>
/// How a person of an identity authority is named in events: never by the subject itself. Authorities should give subjects that
/// are random, since a hash of an e-mail address can be guessed.
/// </summary>
public static class SubjectHash
{
    /// <summary>SHA-256 over the UTF-8 bytes of issuer, one zero byte, subject; 64 lower-case hexadecimal digits.</summary>
    /// <param name="issuer">The token's <c>iss</c>, exactly as it stands there.</param>
    /// <param name="subject">The token's <c>sub</c>.</param>
    public static string Of(string issuer, string subject) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{issuer}\0{subject}")));
}
