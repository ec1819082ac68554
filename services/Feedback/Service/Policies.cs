using System.Globalization;
using Clinic.Feedback.Domain;
using Clinic.Instruments;

namespace Clinic.Feedback.Service;

/// <summary>
/// The clinic's policy from settings <c>Feedback__{Name}</c>, for example <c>Feedback__ResponseWorkingDays=1</c>,
/// <c>Feedback__TimeZone=Europe/London</c>, <c>Feedback__Holidays=2026-12-25,2026-12-26</c>; own figures for reliable change as
/// <c>Feedback__JacobsonTruax__phq-9=5.4;0.84</c> (standard deviation in the score's unit; reliability). What is not set has its default.
/// </summary>
internal static class Policies
{
    public static FeedbackPolicy Read(string[] args) =>
        Of(new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine([.. args.Where(a => a.StartsWith("--Feedback", StringComparison.Ordinal))]).Build().GetSection("Feedback"));

    /// <exception cref="InvalidOperationException">A setting cannot be read; names it.</exception>
    public static FeedbackPolicy Of(IConfigurationSection settings)
    {
        var preset = new FeedbackPolicy();
        var policy = preset with
        {
            TimeZone = Read("TimeZone", text => TimeZoneInfo.TryFindSystemTimeZoneById(text, out _) ? text : throw new FormatException(), preset.TimeZone),
            Holidays = Read<IReadOnlyList<DateOnly>>("Holidays", text => [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(day => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture))], preset.Holidays),
            WorkingDayEnds = Read("WorkingDayEnds", text => TimeOnly.ParseExact(text, "HH:mm", CultureInfo.InvariantCulture), preset.WorkingDayEnds),
            UrgentAlert = Minutes("UrgentAlertMinutes", preset.UrgentAlert),
            OutOfHoursAlert = Minutes("OutOfHoursAlertMinutes", preset.OutOfHoursAlert),
            EscalationStep = Minutes("EscalationStepMinutes", preset.EscalationStep),
            EscalationRepeat = Minutes("EscalationRepeatMinutes", preset.EscalationRepeat),
            EscalationLevels = Number("EscalationLevels", preset.EscalationLevels),
            ResponseWorkingDays = Number("ResponseWorkingDays", preset.ResponseWorkingDays),
            ResponseEscalationDays = Number("ResponseEscalationDays", preset.ResponseEscalationDays),
            ReviewWorkingDays = Number("ReviewWorkingDays", preset.ReviewWorkingDays),
            AllianceDrop = Number("AllianceDrop", preset.AllianceDrop),
            ReviewedTailoring = Number("ReviewedTailoring", preset.ReviewedTailoring),
            RosterHorizonHours = Number("RosterHorizonHours", preset.RosterHorizonHours)
        };
        return policy with
        {
            ChangeRules = settings.GetSection("JacobsonTruax").GetChildren().ToDictionary(own => own.Key, own => Parse("JacobsonTruax:" + own.Key, own.Value!, text =>
            text.Split(';') is [var deviation, var reliability] && OutcomeMeasure.Find(own.Key) is not null
                ? ChangeRule.JacobsonTruax(own.Key, decimal.Parse(deviation, CultureInfo.InvariantCulture), decimal.Parse(reliability, CultureInfo.InvariantCulture))
                : throw new FormatException()))
        };

        int Number(string name, int otherwise) => Read(name, text => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture), otherwise);
        TimeSpan Minutes(string name, TimeSpan otherwise) => Read(name, text => TimeSpan.FromMinutes(int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture)), otherwise);
        T Read<T>(string name, Func<string, T> read, T otherwise) => settings[name] is { Length: > 0 } text ? Parse(name, text, read) : otherwise;
    }

    private static T Parse<T>(string name, string text, Func<string, T> read)
    {
        try
        {
            return read(text);
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException)
        {
            throw new InvalidOperationException($"setting 'Feedback__{name.Replace(":", "__", StringComparison.Ordinal)}' cannot be '{text}'");
        }
    }
}
