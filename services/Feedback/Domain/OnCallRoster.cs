namespace Clinic.Feedback.Domain;

/// <summary>Somebody is on call from one instant to, and without, another.</summary>
/// <param name="Level">1 is told first.</param>
public sealed record OnCallAssigned(string DutyId, string PractitionerId, int Level, DateTimeOffset From, DateTimeOffset To);

/// <summary>The duty does not hold any more.</summary>
public sealed record OnCallWithdrawn(string DutyId);

/// <summary>The duties that begin in one month, by UTC; a duty has at most a week, so an instant needs two months at the most.</summary>
public sealed record OnCallRoster(string Id, OnCallAssigned[] Duties, string[] Withdrawn)
{
    public static readonly TimeSpan LongestDuty = TimeSpan.FromDays(7);

    public long Version { get; init; }

    public static string StreamId(DateTimeOffset from) => $"on-call-{from.UtcDateTime:yyyy-MM}";

    /// <summary>The streams that say who is on call at an instant.</summary>
    public static string[] StreamsAt(DateTimeOffset instant) => [.. new[] { StreamId(instant - LongestDuty), StreamId(instant) }.Distinct()];

    /// <summary>Who is on call; null when nobody is. Of several, who has been for longest.</summary>
    internal static string? OnDuty(IEnumerable<OnCallRoster?> rosters, int level, DateTimeOffset at) => rosters
        .SelectMany(roster => roster?.Duties ?? []).Where(duty => duty.Level == level && duty.From <= at && at < duty.To)
        .OrderBy(duty => duty.From).ThenBy(duty => duty.DutyId, StringComparer.Ordinal).FirstOrDefault()?.PractitionerId;

    /// <summary>The first instant from <paramref name="from"/> to <paramref name="to"/> at which no duty holds; null when all is covered.</summary>
    public static DateTimeOffset? FirstGap(IEnumerable<(DateTimeOffset From, DateTimeOffset To)> duties, DateTimeOffset from, DateTimeOffset to)
    {
        var covered = from;
        foreach (var duty in duties.OrderBy(d => d.From))
        {
            if (duty.From > covered) break;
            if (duty.To > covered) covered = duty.To;
        }
        return covered < to ? covered : null;
    }

    public static OnCallRoster Create(OnCallAssigned e) => new(StreamId(e.From), [e], []);

    public OnCallRoster Apply(OnCallAssigned e) => this with { Duties = [.. Duties, e] };

    public OnCallRoster Apply(OnCallWithdrawn e) => this with { Duties = Array.FindAll(Duties, d => d.DutyId != e.DutyId), Withdrawn = [.. Withdrawn, e.DutyId] };
}
