using System.Security.Cryptography;

namespace Clinic.Cli.Secrets;

/// <summary>ES256 key pairs as <c>NAME-signing.pem</c> (PKCS#8) and <c>NAME-public.pem</c>.</summary>
public static class KeyPairs
{
    /// <summary>A service's key for commands that no queue may hold in clear; the service publishes the public half itself.</summary>
    public static void Sealing(SecretFolder folder, string service) => folder.Once($"sealing-{service}.pem", () =>
    {
        using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem();
    });

    public static void Create(SecretFolder folder, string name)
    {
        var (signing, pub) = ($"{name}-signing.pem", $"{name}-public.pem");
        // a new private key would not match the public key that others already trust
        if (folder.Has(pub) && !folder.Has(signing))
            throw new RefusedException($"{pub} is there without {signing}; restore it, or delete {pub} to make a new pair");

        var pem = folder.Once(signing, () =>
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            return key.ExportPkcs8PrivateKeyPem();
        });
        folder.OncePublic(pub, () =>
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(pem);
            return key.ExportSubjectPublicKeyInfoPem();
        });
    }
}
