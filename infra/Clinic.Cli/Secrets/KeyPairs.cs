using System.Security.Cryptography;
using Clinic.EventLog.Proofs;
using Clinic.Proof;

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

    /// <summary>What signs a service's checkpoints, <c>checkpoint-SERVICE.pem</c>, and the verifier key that auditors pin, <c>checkpoint-SERVICE.vkey</c>.</summary>
    public static void Checkpoint(SecretFolder folder, Guid installation, string service) =>
        Note(folder, $"checkpoint-{service}", TreeKeeper.Origin(installation, service), SignatureKind.Signature);

    /// <summary>What the witness cosigns with, <c>witness.pem</c>, and <c>witness.vkey</c>. A witness elsewhere has a key of its own, and only its .vkey comes here.</summary>
    public static void Witness(SecretFolder folder, Guid installation)
    {
        // a public key alone is that of somebody else's witness
        if (folder.Has("witness.vkey") && !folder.Has("witness.pem")) return;
        Note(folder, "witness", $"clinic/{installation}/witness", SignatureKind.Cosignature);
    }

    private static void Note(SecretFolder folder, string file, string name, SignatureKind kind)
    {
        var (signing, pub) = ($"{file}.pem", $"{file}.vkey");
        if (folder.Has(pub) && !folder.Has(signing))
            throw new RefusedException($"{pub} is there without {signing}; restore it: auditors trust this key");
        var pem = folder.Once(signing, () =>
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            return key.ExportPkcs8PrivateKeyPem();
        });
        folder.OncePublic(pub, () =>
        {
            using var signer = NoteSigner.FromPem(name, kind, pem);
            return signer.Public.ToString();
        });
    }

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
