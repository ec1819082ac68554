using System.Security.Cryptography;
using System.Text;

namespace Clinic.Feedback.Domain;

/// <summary>Ids that follow from what caused them, so that the same cause never counts twice.</summary>
internal static class Stable
{
    /// <summary>An id of 34 characters.</summary>
    /// <param name="kind">One letter that says what it is an id of.</param>
    public static string Id(char kind, params string[] cause) =>
        $"{kind}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', cause))))[..32]}";
}
