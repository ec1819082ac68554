using System.Security.Cryptography;
using Clinic.Cli.Secrets;

namespace Clinic.Cli.Rotate;

/// <summary>Signing keys (<c>NAME-signing.pem</c>) and what verifies them: <c>NAME-public.pem</c>, one block per accepted key.</summary>
internal static class Pairs
{
    public static string Add(SecretFolder folder, string name)
    {
        if (folder.Has(Next(name))) return $"{name}: the next key is there already";
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        folder.Replace(Next(name), key.ExportPkcs8PrivateKeyPem());
        folder.Replace(Public(name), $"{folder.Read(Public(name))}\n{key.ExportSubjectPublicKeyInfoPem()}\n", open: true);
        return $"{name}: the next key is accepted, the old one stays in use";
    }

    public static string Use(SecretFolder folder, string name)
    {
        if (!folder.Has(Next(name))) return $"{name}: no next key; the one in use is the newest";
        folder.Replace(Signing(name), folder.Read(Next(name)));
        folder.Delete(Next(name));
        return $"{name}: the next key signs, what the old one signed is still accepted";
    }

    public static string Retire(SecretFolder folder, string name)
    {
        if (folder.Has(Next(name))) throw new RefusedException($"{name}: the next key is not in use yet");
        using var key = ECDsa.Create();
        key.ImportFromPem(folder.Read(Signing(name)));
        folder.Replace(Public(name), key.ExportSubjectPublicKeyInfoPem(), open: true);
        return $"{name}: only the key in use is accepted";
    }

    private static string Signing(string name) => $"{name}-signing.pem";

    private static string Public(string name) => $"{name}-public.pem";

    private static string Next(string name) => $"{name}-signing.next.pem";
}
