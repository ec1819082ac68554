namespace Clinic.Intake.Domain;

/// <summary>A clinic decided how long it keeps a class of data.</summary>
public sealed record RetentionSet(string DataClass, int KeepDays, string SetBy);

/// <summary>How long a clinic keeps what.</summary>
/// <param name="Classes">Latest decision on each class, sorted by it.</param>
public sealed record RetentionPolicy(string Id, RetentionSet[] Classes)
{
    public long Version { get; init; }

    /// <summary>One per clinic.</summary>
    public const string StreamId = "retention";

    public static RetentionPolicy Create(RetentionSet e) => new RetentionPolicy(StreamId, []).Apply(e);

    public RetentionPolicy Apply(RetentionSet e) => this with
    {
        Classes = [.. Classes.Where(c => c.DataClass != e.DataClass).Append(e).OrderBy(c => c.DataClass, StringComparer.Ordinal)]
    };

    /// <summary>Until when data of these classes must be kept; null where nothing says so. Of several the longest wins.</summary>
    public DateTimeOffset? KeepUntil(string[] classes, DateTimeOffset lastActivity) => Classes
        .Where(c => classes.Contains(ClientErasure.EveryClass) || classes.Contains(c.DataClass))
        .Select(c => (DateTimeOffset?)lastActivity.AddDays(c.KeepDays)).Max();
}
