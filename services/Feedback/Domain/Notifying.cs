using Clinic.Contracts;
using Clinic.Contracts.Feedback;
using Clinic.Contracts.Notifications;
using FluentValidation;

namespace Clinic.Feedback.Domain;

public sealed class ReportNotificationDeliveredValidator : AbstractValidator<ReportNotificationDelivered>
{
    public ReportNotificationDeliveredValidator()
    {
        RuleFor(c => c.NotificationId).MustBeId();
        RuleFor(c => c.Channel).MustBeOneOf([.. NotificationChannels.All]);
        RuleFor(c => c.GatewayRef).Matches(@"\A[A-Za-z0-9:._-]{1,64}\z").WithMessage("must be 1 to 64 characters of letters, digits, ':', '.', '_' and '-'");
    }
}

/// <summary>What a gateway's answer concerns: feedback that the client was told of, where it was that.</summary>
public sealed record DeliveryFacts(Actor By, FeedbackItem? Item);

public static class ReportNotificationDeliveredAggregateHandler
{
    public static object[] Handle(ReportNotificationDelivered command, Notification? state, DeliveryFacts facts, DateTimeOffset now)
    {
        var asked = Known.Or(state);
        if (asked.Status == NotificationStatus.Delivered) return [];
        var delivered = new NotificationDelivered(command.NotificationId, command.Channel, command.DeliveredAt, asked.ClientId, command.GatewayRef);
        object[] reached = facts.Item is { Status: FeedbackStatus.Released } item
            ? [new ForStream(FeedbackItem.StreamId(item.FeedbackId), typeof(FeedbackItem), new FeedbackDelivered(item.FeedbackId, item.ClientId, command.Channel))]
            : [];
        return [delivered, .. Known.Settled(asked), .. reached];
    }
}

public sealed class ReportNotificationFailedValidator : AbstractValidator<ReportNotificationFailed>
{
    public ReportNotificationFailedValidator()
    {
        RuleFor(c => c.NotificationId).MustBeId();
        RuleFor(c => c.Channel).MustBeOneOf([.. NotificationChannels.All]);
        RuleFor(c => c.ReasonCode).MustBeOneOf("unreachable", "refused", "expired", "gateway-error");
    }
}

public static class ReportNotificationFailedAggregateHandler
{
    public static object[] Handle(ReportNotificationFailed command, Notification? state, Actor by, DateTimeOffset now)
    {
        var asked = Known.Or(state);
        // a late failure does not undo a delivery
        if (asked.Status != NotificationStatus.Queued) return [];
        return [new NotificationFailed(command.NotificationId, command.Channel, command.ReasonCode, asked.ClientId), .. Known.Settled(asked)];
    }
}

/// <summary>Internal: another service's public event asked for a notification.</summary>
public sealed record NoteNotification(
    string NotificationId, string Template, string Producer, long Sequence, string? ClientId = null, string? CauseId = null, string? Recipient = null);

public static class NoteNotificationAggregateHandler
{
    /// <summary>Kept so that the gateway's answer finds it, and so that it is called off when the client stops.</summary>
    public static object[] Handle(NoteNotification command, Notification? state, Actor by, DateTimeOffset now)
    {
        if (state is not null) return [];
        var noted = new NotificationNoted(
            command.NotificationId, command.Template, command.Producer, command.Sequence, command.ClientId, command.CauseId, command.Recipient);
        return Notification.Create(noted) is { Waits: true, ClientId: { } clientId }
            ? [noted, new ForStream(ClientCourse.StreamId(clientId), typeof(ClientCourse), new NoticeQueued(clientId, command.NotificationId, command.Template))]
            : [noted];
    }
}

/// <summary>Internal: the service that asked for a notification has called it off.</summary>
public sealed record NoteNotificationCancelled(string NotificationId, string Producer, long Sequence);

public static class NoteNotificationCancelledAggregateHandler
{
    public static object[] Handle(NoteNotificationCancelled command, Notification? state, Actor by, DateTimeOffset now) =>
        state is not { Status: NotificationStatus.Queued } ? []
            : [new NotificationWithdrawn(command.NotificationId, command.Producer, command.Sequence), .. Known.Settled(state)];
}

/// <summary>Internal: the client stops, so what waits for them is called off (P11).</summary>
public sealed record StopCare(string ClientId);

public static class StopCareAggregateHandler
{
    public static object[] Handle(StopCare command, ClientCourse? state, NoticeFacts facts, DateTimeOffset now) => facts.CallOff(command.ClientId);
}

/// <summary>Internal: a directive permits treatment no more.</summary>
/// <param name="EffectiveAt">From when, where that was said; it may lie ahead.</param>
public sealed record EndPermit(string ClientId, string DirectiveId, int DirectiveVersion, DateTimeOffset? EffectiveAt = null);

public static class EndPermitAggregateHandler
{
    /// <summary>While another directive permits treatment, nothing stops; with the last one rule sets fall silent (P3) and what waits is called off.</summary>
    public static object[] Handle(EndPermit command, ClientCourse? state, NoticeFacts facts, DateTimeOffset now)
    {
        if (command.EffectiveAt is { } ahead && ahead > now)
            return Array.Exists(state?.Ending ?? [], e => e.DirectiveId == command.DirectiveId && e.EffectiveAt <= ahead)
                ? []
                : [new TreatmentPermitEnding(command.ClientId, command.DirectiveId, command.DirectiveVersion, ahead)];
        var permits = state?.Permits ?? [];
        object[] ended = permits.Contains(command.DirectiveId) ? [new TreatmentPermitEnded(command.ClientId, command.DirectiveId, command.DirectiveVersion)] : [];
        if (permits.Any(p => p != command.DirectiveId) || state?.Paused is true) return ended;
        return [.. ended, new CarePaused(command.ClientId), .. facts.CallOff(command.ClientId)];
    }
}

/// <summary>Internal: the instant has come from which an end holds that was announced before.</summary>
public sealed record EndPermitDue(string ClientId, string DirectiveId);

public static class EndPermitDueAggregateHandler
{
    public static object[] Handle(EndPermitDue command, ClientCourse? state, NoticeFacts facts, DateTimeOffset now) =>
        // brought forward, it was carried out when that was learnt
        Array.Find(state?.Ending ?? [], e => e.DirectiveId == command.DirectiveId) is { } ending && ending.EffectiveAt <= now
            ? EndPermitAggregateHandler.Handle(new EndPermit(ending.ClientId, ending.DirectiveId, ending.DirectiveVersion), state, facts, now)
            : [];
}

/// <summary>Internal: a directive permits treatment, perhaps again.</summary>
public sealed record Permit(string ClientId, string DirectiveId, int DirectiveVersion);

public static class PermitAggregateHandler
{
    public static object[] Handle(Permit command, ClientCourse? state, Actor by, DateTimeOffset now) =>
    [
        .. state?.Permits.Contains(command.DirectiveId) is true ? Array.Empty<object>() : [new TreatmentPermitted(command.ClientId, command.DirectiveId, command.DirectiveVersion)],
        .. state?.Paused is true ? new object[] { new CareResumed(command.ClientId) } : []
    ];
}

/// <summary>The client's notifications that may not have been sent yet.</summary>
public sealed record NoticeFacts(Actor By, Notification[] Queued)
{
    public const string ClientStopped = "client-stopped";

    internal object[] CallOff(string clientId) =>
    [
        .. Queued.Where(n => n.Status == NotificationStatus.Queued && n.EndsWhenTheClientStops).SelectMany(n => new object[]
        {
            new ForStream(n.Id, typeof(Notification), new NotificationCancelled(n.NotificationId, ClientStopped, clientId)),
            new NoticeSettled(clientId, n.NotificationId)
        })
    ];
}

internal static class Known
{
    public static Notification Or(Notification? state) =>
        state ?? throw new RuleViolation("notification_unknown", "There is no such notification.", "notificationId");

    /// <summary>It does not wait for the client any more, where it did.</summary>
    public static object[] Settled(Notification state) => state is { Status: NotificationStatus.Queued, Waits: true, ClientId: { } clientId }
        ? [new ForStream(ClientCourse.StreamId(clientId), typeof(ClientCourse), new NoticeSettled(clientId, state.NotificationId))]
        : [];
}
