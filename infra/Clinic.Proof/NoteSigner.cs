using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Clinic.Proof;

/// <summary>A private key and the name it signs under.</summary>
public sealed class NoteSigner : IDisposable
{
    private readonly ECDsa key;

    /// <param name="key">On P-256; this object disposes of it.</param>
    public NoteSigner(string name, SignatureKind kind, ECDsa key)
    {
        this.key = key;
        Public = new VerifierKey(name, kind, key.ExportSubjectPublicKeyInfo());
    }

    /// <summary>What others verify with.</summary>
    public VerifierKey Public { get; }

    /// <summary>Reads a private key as <c>clinic secrets init</c> writes it: PKCS #8 in PEM.</summary>
    public static NoteSigner FromPem(string name, SignatureKind kind, string pem)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(pem);
        return new NoteSigner(name, kind, key);
    }

    /// <summary>The same key under another name: a log keeps its key when a restore gives it a new epoch.</summary>
    public NoteSigner Named(string name) => new(name, Public.Kind, ECDsa.Create(key.ExportParameters(includePrivateParameters: true)));

    /// <summary>Signs a text, which ends in a newline.</summary>
    /// <param name="now">Part of a cosignature; a plain signature says nothing of time.</param>
    public NoteSignature Sign(string text, DateTimeOffset now)
    {
        if (!text.EndsWith('\n')) throw new FormatException("the text of a note ends in a newline");
        if (Public.Kind == SignatureKind.Signature) return new NoteSignature(Public.Name, Public.KeyId, Sign(Encoding.UTF8.GetBytes(text)));
        var seconds = now.ToUnixTimeSeconds();
        var time = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(time, seconds);
        return new NoteSignature(Public.Name, Public.KeyId, [.. time, .. Sign(VerifierKey.Cosigned(text, seconds))]);
    }

    public void Dispose() => key.Dispose();

    private byte[] Sign(byte[] message) => key.SignData(message, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
}
