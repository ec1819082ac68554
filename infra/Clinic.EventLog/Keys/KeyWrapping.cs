using System.Security.Cryptography;

namespace Clinic.EventLog.Keys;

/// <summary>
/// The key-encryption key. Local here; a key management service implements the same three members and never lets its key out.
/// </summary>
public interface IKeyWrapping
{
    /// <summary>Id of the key that new keys are wrapped with.</summary>
    string CurrentId { get; }

    /// <summary>Encrypts a data key.</summary>
    /// <param name="context">What the key is for; unwrapping fails with any other.</param>
    ValueTask<(string KekId, byte[] Wrapped)> Wrap(byte[] key, byte[] context, CancellationToken ct);

    /// <exception cref="CryptographicException">Wrapped with another key, for another context, or changed since.</exception>
    /// <exception cref="PersonalKeyException">The key-encryption key is not known here.</exception>
    ValueTask<byte[]> Unwrap(string kekId, byte[] wrapped, byte[] context, CancellationToken ct);
}

/// <summary>AES-256-GCM with keys from a file or the environment.</summary>
/// <param name="ring">Asked each time, so that a rotation needs no restart.</param>
public sealed class LocalKeyWrapping(Func<KeyRing> ring) : IKeyWrapping
{
    private const int Nonce = 12;
    private const int Tag = 16;

    public string CurrentId => ring().Current.Id;

    public ValueTask<(string KekId, byte[] Wrapped)> Wrap(byte[] key, byte[] context, CancellationToken ct)
    {
        var kek = ring().Current;
        var wrapped = new byte[Nonce + key.Length + Tag];
        RandomNumberGenerator.Fill(wrapped.AsSpan(0, Nonce));
        using var aes = new AesGcm(kek.Secret, Tag);
        aes.Encrypt(wrapped.AsSpan(0, Nonce), key, wrapped.AsSpan(Nonce, key.Length), wrapped.AsSpan(Nonce + key.Length), context);
        return new((kek.Id, wrapped));
    }

    public ValueTask<byte[]> Unwrap(string kekId, byte[] wrapped, byte[] context, CancellationToken ct)
    {
        var kek = ring().Find(kekId) ?? throw new PersonalKeyException($"key-encryption key '{kekId}' is not known here");
        var key = new byte[wrapped.Length - Nonce - Tag];
        using var aes = new AesGcm(kek.Secret, Tag);
        aes.Decrypt(wrapped.AsSpan(0, Nonce), wrapped.AsSpan(Nonce, key.Length), wrapped.AsSpan(Nonce + key.Length), key, context);
        return new(key);
    }
}

/// <summary>The key store contradicts what is stored: a key is unknown or does not fit. Nothing is made good by making a new one.</summary>
public sealed class PersonalKeyException(string message) : Exception(message);
