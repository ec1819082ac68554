using System.Security.Cryptography;
using Clinic.EventLog.Keys;

namespace Clinic.Hosting;

/// <summary>A service's sealing keys: senders are shown the first, all of them open. Read again when the file has changed, so a rotation needs no restart.</summary>
public sealed class SealingKeys
{
    private readonly Func<SealingKey[]> keys;

    /// <param name="file">PKCS#8 blocks, P-256, the one in use first.</param>
    public SealingKeys(string file)
    {
        var watched = new WatchedFile<SealingKey[]>(file, Parse);
        _ = watched.Value;
        keys = () => watched.Value;
    }

    /// <summary>One key that stays.</summary>
    public SealingKeys(SealingKey only) => keys = () => [only];

    /// <summary>What senders need, as a JWK set: the key in use and no other, so that a key to be retired comes out of use by itself.</summary>
    public object PublicKeys => keys()[0].PublicKeys;

    /// <summary>The plaintext of a body that is <c>{"jwe":"…"}</c>, sealed to any of them.</summary>
    /// <exception cref="MalformedException">As <see cref="SealingKey.Open"/> says of the key in use.</exception>
    public byte[] Open(ReadOnlySpan<byte> body, string sender, string contract)
    {
        var all = keys();
        for (var older = all.Length - 1; older > 0; older--)
            if (all[older].Opens(body))
                return all[older].Open(body, sender, contract);
        return all[0].Open(body, sender, contract);
    }

    /// <summary>The PEM blocks of a file, as they stand in it.</summary>
    public static IReadOnlyList<string> Blocks(string pem)
    {
        var blocks = new List<string>();
        for (var rest = pem; PemEncoding.TryFind(rest, out var found); rest = rest[found.Location.End..]) blocks.Add(rest[found.Location]);
        return blocks;
    }

    private static SealingKey[] Parse(string pem)
    {
        try
        {
            return Blocks(pem) is { Count: > 0 } blocks ? [.. blocks.Select(block => new SealingKey(block))] : throw new FormatException("no key");
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            throw new FormatException("not a key", e);
        }
    }
}
