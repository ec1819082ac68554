using System.Text.RegularExpressions;

namespace Clinic.Contracts;

/// <summary>
/// The shape of every id that reaches a stream name, an event or a routing key. Ids are immortal, so they are random or
/// pseudonymous and hold nothing personal; the narrow alphabet keeps them safe in URLs, SQL logs and topic keys.
/// </summary>
public static partial class Ids
{
    /// <summary>What a refused id is told.</summary>
    public const string Rule = "must be 1 to 64 characters of a-z, 0-9 and '-', beginning with a letter or digit";

    /// <summary>True when <paramref name="id"/> may be used as an id.</summary>
    public static bool AreValid(string? id) => id is not null && Shape().IsMatch(id);

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,63}\z")]
    private static partial Regex Shape();
}
