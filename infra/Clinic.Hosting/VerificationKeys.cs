using System.Security.Cryptography;
using Clinic.EventLog.Keys;
using Microsoft.IdentityModel.Tokens;

namespace Clinic.Hosting;

/// <summary>
/// Public keys of a PEM file with one block or several: while a signing key is rotated both its own and the next one's verify. Read
/// again when the file has changed.
/// </summary>
public sealed class VerificationKeys(string file)
{
    private const string Begin = "-----BEGIN PUBLIC KEY-----";
    private readonly WatchedFile<SecurityKey[]> keys = new(file, Parse);

    /// <summary>All that verify now.</summary>
    public IReadOnlyList<SecurityKey> All => keys.Value;

    private static SecurityKey[] Parse(string text)
    {
        var blocks = text.Split(Begin).Skip(1).Select(block =>
        {
            var key = ECDsa.Create();
            key.ImportFromPem(Begin + block);
            return (SecurityKey)new ECDsaSecurityKey(key);
        }).ToArray();
        return blocks.Length > 0 ? blocks : throw new FormatException("a file of public keys holds none");
    }
}
