namespace Clinic.Feedback.Domain;

/// <summary>Days on which people work, by somebody's own clock.</summary>
public static class WorkingTime
{
    /// <summary>
    /// The same time of day so many working days later. What arrives on a day off counts from the beginning of the next working day.
    /// </summary>
    /// <param name="timeZone">IANA name; an unknown one is UTC.</param>
    public static DateTimeOffset After(DateTimeOffset instant, int days, string timeZone, IReadOnlyCollection<DateOnly> holidays)
    {
        var zone = Zone(timeZone);
        var local = TimeZoneInfo.ConvertTime(instant, zone).DateTime;
        var (day, time) = (DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
        if (!IsWorking(day, holidays))
        {
            day = Next(day, holidays);
            time = TimeOnly.MinValue;
        }
        for (var passed = 0; passed < days; passed++) day = Next(day, holidays);
        return Instant(day, time, zone);
    }

    /// <summary>The end of the working day an instant lies in; null when it lies in none.</summary>
    public static DateTimeOffset? EndOfDay(DateTimeOffset instant, TimeOnly ends, string timeZone, IReadOnlyCollection<DateOnly> holidays)
    {
        var zone = Zone(timeZone);
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);
        var end = Instant(day, ends, zone);
        return IsWorking(day, holidays) && instant < end ? end : null;
    }

    private static bool IsWorking(DateOnly day, IReadOnlyCollection<DateOnly> holidays) =>
        day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !holidays.Contains(day);

    private static DateOnly Next(DateOnly day, IReadOnlyCollection<DateOnly> holidays)
    {
        do day = day.AddDays(1); while (!IsWorking(day, holidays));
        return day;
    }

    private static DateTimeOffset Instant(DateOnly day, TimeOnly time, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(time);
        // an hour that the clocks skip: the first that exists after it
        while (zone.IsInvalidTime(local)) local = local.AddMinutes(15);
        // an hour that comes twice: the first time, since a promise is kept early rather than late
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    private static TimeZoneInfo Zone(string timeZone) => TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone) ? zone : TimeZoneInfo.Utc;
}
