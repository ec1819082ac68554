namespace Clinic.Contracts;

/// <summary>
/// Whose the personal members of a stored event are: the member, by its JSON name, that holds the person's id. On a member it
/// says so for that member alone. Keys are kept, and destroyed, per person and data class.
/// </summary>
/// <param name="member">For example <c>clientId</c>; the subject is then <c>client:{id}</c>.</param>
/// <param name="dataClass">One of <see cref="DataClasses"/>: how long it must and may be kept is decided per class.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, Inherited = false)]
public sealed class SubjectAttribute(string member, string dataClass = DataClasses.Record) : Attribute
{
    /// <summary>
    /// The member whose kind of subject it is, where its own name does not say: <c>clientId</c> for a member <c>wordsOf</c> that
    /// holds the id of a client.
    /// </summary>
    public string? As { get; init; }

    /// <summary>JSON name of the member with the id.</summary>
    public string Member { get; } = member;

    /// <summary>The data class.</summary>
    public string DataClass { get; } = dataClass;
}

/// <summary>Classes of personal data, each with keys of its own.</summary>
public static class DataClasses
{
    /// <summary>The clinical record: answers, reasons, what clinicians wrote.</summary>
    public const string Record = "record";

    /// <summary>How and where to reach somebody.</summary>
    public const string Contact = "contact";

    /// <summary>What a clinician wrote for themselves: apart from the record, keys included (45 CFR 164.501).</summary>
    public const string PsychotherapyNotes = "psychotherapy-notes";

    public static IReadOnlyList<string> All { get; } = [Record, Contact, PsychotherapyNotes];
}

/// <summary>Names of the people and bodies personal data is about.</summary>
public static class Subjects
{
    /// <summary>The subject a member named <c>clientId</c> speaks of.</summary>
    public static string Of(string member, string id) =>
        $"{(member.EndsWith("Id", StringComparison.Ordinal) ? member[..^2] : member)}:{id}";
}
