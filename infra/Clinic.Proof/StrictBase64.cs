namespace Clinic.Proof;

/// <summary>RFC 4648 section 4 in its one spelling: no white space, no stray bits behind the padding.</summary>
internal static class StrictBase64
{
    public static byte[] Decode(string text, string what)
    {
        var bytes = new byte[text.Length / 4 * 3];
        return Convert.TryFromBase64String(text, bytes, out var length) && Convert.ToBase64String(bytes, 0, length) == text
            ? bytes[..length]
            : throw new FormatException($"{what} is not base64");
    }

    public static byte[] Hash(string text, string what) => Decode(text, what) is { Length: MerkleHash.Size } hash
        ? hash
        : throw new FormatException($"{what} is not a hash of {MerkleHash.Size} bytes");
}
