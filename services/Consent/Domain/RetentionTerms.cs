using Clinic.Contracts;

namespace Clinic.Consent.Domain;

/// <summary>Intake says how long the clinic keeps a class of data.</summary>
public sealed record RetentionNoted(string DataClass, int KeepDays);

/// <summary>How long each class is kept, as far as the clinic has decided it; what the processing register says.</summary>
public sealed record RetentionTerms(string Id, RetentionNoted[] Classes)
{
    public const string StreamId = "retention-terms";

    public long Version { get; init; }

    public static RetentionTerms Create(RetentionNoted e) => new(StreamId, [e]);

    public RetentionTerms Apply(RetentionNoted e) => this with
    {
        Classes = [.. Classes.Where(c => c.DataClass != e.DataClass).Append(e).OrderBy(c => c.DataClass, StringComparer.Ordinal)]
    };
}

/// <summary>Internal: a reaction's words for a term that was set.</summary>
public sealed record NoteRetention(string DataClass, int KeepDays);

public static class NoteRetentionAggregateHandler
{
    public static object[] Handle(NoteRetention command, RetentionTerms? state, Actor by, DateTimeOffset now)
    {
        var noted = new RetentionNoted(command.DataClass, command.KeepDays);
        return state?.Classes.Contains(noted) is true ? [] : [noted];
    }
}
