using Clinic.Contracts;
using Clinic.Contracts.Notifications;
using Clinic.Instruments;

namespace Clinic.Feedback.Domain;

/// <summary>Asks for notifications: to clients as they want them, to staff as the roster says. The id follows from the cause.</summary>
internal static class Notices
{
    /// <summary>Any supervisor, and whoever the clinic's address book knows for hours that nobody was assigned to.</summary>
    public const string Supervisors = "staff:supervisor";
    public const string AnybodyOnCall = "staff:on-call";

    /// <summary>Staff are not asked for their language here; templates are codes.</summary>
    private const string StaffLanguage = "en";

    /// <param name="evenUnasked">Also to a client who wants nothing sent, or has withdrawn consent: then it waits in the application.</param>
    public static void ToClient(
        CourseSteps steps, string template, string cause, DateTimeOffset notAfter, string? argument = null, bool evenUnasked = false)
    {
        var (client, preference) = (steps.Now?.Client, steps.Now?.Preference);
        var channel = preference?.Channels.FirstOrDefault() ?? (evenUnasked ? NotificationChannels.InApp : null);
        // without consent to treatment only what nobody may miss goes out
        if (channel is null || (steps.Now?.Paused is true && !evenUnasked)) return;
        var id = Stable.Id('n', steps.ClientId, template, cause);
        steps.Add(For(new NotificationRequested(
            id, preference?.ContactRef ?? "client:" + steps.ClientId, channel, template, preference?.Language ?? client?.Language ?? "en", notAfter,
            steps.ClientId, cause, argument)));
        steps.Add(new NoticeQueued(steps.ClientId, id, template));
    }

    public static ForStream ToStaff(string recipient, string channel, string template, string cause, string? clientId, DateTimeOffset notAfter) =>
        For(new NotificationRequested(
            Stable.Id('n', recipient, channel, template, cause), recipient, channel, template, StaffLanguage, notAfter, clientId, cause));

    /// <summary>Crisis numbers for where the client lives; they are never cancelled, and need no wish.</summary>
    public static void Crisis(CourseSteps steps, string cause, DateTimeOffset now) => ToClient(
        steps, NotificationTemplates.CrisisInformation, cause, now.AddDays(1), CrisisNumbers.CountryOf(steps.Now?.Client?.Region), evenUnasked: true);

    private static ForStream For(NotificationRequested e) => new(Notification.StreamId(e.NotificationId), typeof(Notification), e);
}
