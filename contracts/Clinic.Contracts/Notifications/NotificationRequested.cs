namespace Clinic.Contracts.Notifications;

/// <summary>Somebody is to be told something outside. Any service may ask; a gateway of the clinic sends it and answers. The words are the gateway's, by template, and neutral: they name neither care nor content (S25).</summary>
/// <param name="NotificationId">Chosen by the asking service from its cause: the same id is the same notification, to be sent once.</param>
/// <param name="Recipient">Opaque reference into the clinic's own address book: <c>client:{id}</c>, <c>staff:{id}</c>, or what the clinic registered.</param>
/// <param name="Channel">One of <see cref="NotificationChannels"/>.</param>
/// <param name="Template">One of <see cref="NotificationTemplates"/>.</param>
/// <param name="Language">BCP 47.</param>
/// <param name="NotAfter">Worthless from here on: not to be sent any more.</param>
/// <param name="ClientId">The client it is for or about; null when there is none.</param>
/// <param name="CauseId">Alert, feedback, message or request behind it.</param>
/// <param name="Argument">A code the template needs; for <c>crisis-information</c> the country whose numbers to send, or <c>ZZ</c> when unknown.</param>
[Contract("notification.requested.v1")]
public sealed record NotificationRequested(
    string NotificationId, string Recipient, string Channel, string Template, string Language,
    DateTimeOffset NotAfter, string? ClientId = null, string? CauseId = null, string? Argument = null);

/// <summary>Ways to reach somebody.</summary>
public static class NotificationChannels
{
    public const string Sms = "sms";
    public const string Email = "email";
    public const string Push = "push";
    public const string Phone = "phone";

    /// <summary>Seen at the next login; leaves nothing on any other device.</summary>
    public const string InApp = "in-app";

    public static IReadOnlyList<string> All { get; } = [Sms, Email, Push, Phone, InApp];
}

/// <summary>What a notification says, without saying what it is about.</summary>
public static class NotificationTemplates
{
    /// <summary>There is something to read after logging in.</summary>
    public const string SomethingNew = "something-new";

    /// <summary>There is something to fill in after logging in.</summary>
    public const string SomethingToAnswer = "something-to-answer";

    /// <summary>Numbers to call at once, for the country in the argument.</summary>
    public const string CrisisInformation = "crisis-information";

    /// <summary>Staff: an alert waits to be taken on.</summary>
    public const string AlertWaiting = "alert-waiting";

    /// <summary>Staff: an answer that was promised is late.</summary>
    public const string AnswerLate = "answer-late";

    /// <summary>Staff: a case waits for a look.</summary>
    public const string ReviewWaiting = "review-waiting";

    /// <summary>Says within how many working days a person answers, and that nobody watches for emergencies here.</summary>
    public const string NotMonitored = "not-monitored";

    /// <summary>An appointment is near, has moved or was called off.</summary>
    public const string Appointment = "appointment";
}
