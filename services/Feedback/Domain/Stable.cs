using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Clinic.Feedback.Domain;

/// <summary>
/// Ids that follow from what caused them, so that the same cause never counts twice. No sender may choose one of their shape, so
/// that nothing this service must raise finds its place taken.
/// </summary>
internal static partial class Stable
{
    /// <summary>An id of 34 characters.</summary>
    /// <param name="kind">One letter that says what it is an id of.</param>
    public static string Id(char kind, params string[] cause) =>
        $"{kind}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', cause))))[..32]}";

    /// <summary>True of every id made here.</summary>
    public static bool Made(string id) => Shape().IsMatch(id);

    [GeneratedRegex(@"\A[a-z]-[0-9a-f]{32}\z")]
    private static partial Regex Shape();
}
