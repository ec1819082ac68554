using System.Security.Cryptography;
using Clinic.Cli.Secrets;
using Clinic.Hosting;

namespace Clinic.Cli.Rotate;

/// <summary>Sealing keys (<c>sealing-SERVICE.pem</c>): the first block is published and used by senders, all of them open.</summary>
internal static class SealingRing
{
    /// <summary>Stands last until it is used; one that waits already is enough.</summary>
    public static string Add(SecretFolder folder, string service)
    {
        if (folder.Has(Waiting(service))) return $"sealing-{service}: the next key is there already";
        using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var next = key.ExportPkcs8PrivateKeyPem();
        folder.Replace(File(service), string.Join('\n', [.. Read(folder, service), next]));
        // which one waits: the order alone would not say so after it was used
        folder.Replace(Waiting(service), IdOf(next));
        return $"sealing-{service}: the next key opens, the old one stays published";
    }

    public static string Use(SecretFolder folder, string service)
    {
        if (!folder.Has(Waiting(service))) return $"sealing-{service}: no next key; the one published is the newest";
        var waiting = folder.Read(Waiting(service));
        // found by its name: whoever was interrupted between the two files and tries again must not bring the old one back
        folder.Replace(File(service), string.Join('\n', Read(folder, service).OrderByDescending(key => IdOf(key) == waiting)));
        folder.Delete(Waiting(service));
        return $"sealing-{service}: the next key is published, the old one still opens";
    }

    public static string Retire(SecretFolder folder, string service)
    {
        if (folder.Has(Waiting(service))) throw new RefusedException($"sealing-{service}: the next key is not in use yet");
        folder.Replace(File(service), Read(folder, service)[0]);
        return $"sealing-{service}: only the published key opens";
    }

    private static string IdOf(string pem)
    {
        using var key = new SealingKey(pem);
        return key.KeyId;
    }

    private static IReadOnlyList<string> Read(SecretFolder folder, string service) => SealingKeys.Blocks(folder.Read(File(service)));

    private static string File(string service) => $"sealing-{service}.pem";

    private static string Waiting(string service) => $"sealing-{service}.next";
}
