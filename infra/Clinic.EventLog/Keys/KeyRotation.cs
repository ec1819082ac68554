using System.Security.Cryptography;

namespace Clinic.EventLog.Keys;

/// <summary>Puts data keys under the current key-encryption key; what they encrypt stays as it is.</summary>
public static class KeyRotation
{
    private const int Page = 200;

    /// <summary>Rewraps every key of a service that is under another one. Services run on; broken off, it goes on where it was.</summary>
    /// <returns>How many were rewrapped.</returns>
    /// <exception cref="PersonalKeyException">A key is under a key-encryption key that is not known here.</exception>
    public static async Task<int> Rewrap(KeyVault vault, IKeyWrapping wrapping, CancellationToken ct)
    {
        var rewrapped = 0;
        while (await vault.NotUnder(wrapping.CurrentId, Page, ct) is { Count: > 0 } page)
        {
            foreach (var (tenant, key) in page)
            {
                var context = DataKeys.Context(tenant, key.Subject, key.DataClass, key.Id);
                var secret = await wrapping.Unwrap(key.KekId, key.Wrapped!, context, ct);
                var (kek, wrapped) = await wrapping.Wrap(secret, context, ct);
                CryptographicOperations.ZeroMemory(secret);
                // false: it was erased meanwhile, or somebody else rotates
                if (await vault.Rewrap(key.Id, key.KekId, kek, wrapped, ct)) rewrapped++;
            }
        }
        return rewrapped;
    }
}
