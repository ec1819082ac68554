using Clinic.Contracts;
using Clinic.Contracts.Session;
using FluentValidation;

namespace Clinic.Session.Domain;

public sealed class BookSessionValidator : AbstractValidator<BookSession>
{
    public BookSessionValidator()
    {
        RuleFor(c => c.SessionId).MustBeId();
        RuleFor(c => c.ClientId).MustBeId();
        RuleFor(c => c.PractitionerId).MustBeId();
        RuleFor(c => c.Modality).MustBeOneOf(Modalities.All);
        RuleFor(c => c.StartsAt).Must(at => at.Year is >= 2000 and < 2200).WithMessage("must be between 2000 and 2200");
        RuleFor(c => c.PlannedMinutes).InclusiveBetween(5, 480);
        RuleFor(c => c.TimeZone).MustBeTimeZone();
        RuleFor(c => c.PlatformId).MustBeId().When(c => c.PlatformId is not null || c.Modality != Modalities.InPerson);
        RuleFor(c => c.GroupId).MustBeId().When(c => c.GroupId is not null);
    }
}

/// <summary>What the decision reads. Append with the client's care stream at the version read here.</summary>
/// <param name="Platform">The platform it would be held on, if any.</param>
public sealed record BookingFacts(Actor By, ClientCare? Care, Platform? Platform = null, SessionPolicy? Policy = null)
{
    /// <summary>What is known of other pseudonyms that are thought to be the same person (P15).</summary>
    public ClientCare[] Linked { get; init; } = [];
}

public static class BookSessionAggregateHandler
{
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);
    private const int DaysAhead = 366;

    /// <summary>A session as near as this is announced at once, one further away when it comes near [P].</summary>
    public static readonly TimeSpan RemindAhead = TimeSpan.FromHours(12);

    public static object[] Handle(BookSession command, TherapySession? state, BookingFacts facts, DateTimeOffset now)
    {
        if (facts.By.Role is not
            (Roles.Client or Roles.Therapist or Roles.Supervisor or Roles.PeerSupporter or Roles.ClinicSystem))
            throw new RuleViolation("role_not_permitted", "A session is booked by the client or by clinic staff.");

        var scheduled = new SessionScheduled(
            command.SessionId, command.ClientId, command.PractitionerId, command.Modality, command.StartsAt,
            command.PlannedMinutes, command.TimeZone, command.PlatformId, command.GroupId);
        if (state is not null)
            // Whatever became of the session since: sending the booking again is still the same booking.
            return state.Booked == scheduled
                ? []
                : throw new RuleViolation("session_exists", "This id belongs to another session.", "sessionId");

        // Who meets whom in a group is the clinic's to decide: a client who knew a group's id could join it.
        if (command.GroupId is not null && !facts.By.IsStaff())
            throw new RuleViolation("role_not_permitted", "A client is put into a group by clinic staff.", "groupId");
        if (command.StartsAt < now - ClockSkew)
            throw new RuleViolation("starts_in_past", "A session is booked before it starts.", "startsAt");
        if (command.StartsAt > now.AddDays(DaysAhead))
            throw new RuleViolation("starts_too_far_ahead", $"At most {DaysAhead} days ahead.", "startsAt");

        MustHold(command.Modality, command.PlatformId, command.StartsAt, facts, now);
        // T2: who is not known well enough for this kind of care cannot begin it, and so does not book it.
        if (!StartGate.IdentityHolds(facts.Care, facts.Policy ?? SessionPolicy.Default, now))
            throw new RuleViolation(
                "identity_insufficient", "This kind of care needs a better proof of identity.", "clientId");

        return
        [
            scheduled,
            .. command.StartsAt - now < RemindAhead
                ? [ReminderOf(command.SessionId, command.ClientId, command.StartsAt)]
                : Array.Empty<object>(),
            new ForStream(
                ClientCare.StreamId(command.ClientId), typeof(ClientCare),
                new SessionListed(
                    command.ClientId, command.SessionId, command.Modality, command.StartsAt, command.PlatformId)),
            .. command.GroupId is { } groupId
                ?
                [
                    new ForStream(
                        SessionGroup.StreamId(groupId), typeof(SessionGroup),
                        new SessionGrouped(groupId, command.SessionId, command.ClientId))
                ]
                : Array.Empty<object>()
        ];
    }

    internal static ReminderRequested ReminderOf(string sessionId, string clientId, DateTimeOffset startsAt) =>
        new(sessionId, clientId, $"appointment-{sessionId}-{startsAt.UtcDateTime:yyyyMMddHHmm}", startsAt);

    /// <summary>What a session rests on, the same when it is booked and when it is moved.</summary>
    internal static void MustHold(
        string modality, string? platformId, DateTimeOffset startsAt, BookingFacts facts, DateTimeOffset now)
    {
        // Now and then: the gate asks again at the start, but a booking that must fail there helps nobody.
        foreach (var instant in new[] { now, startsAt })
        {
            if (facts.Care?.Treatment(instant) is null)
                throw new RuleViolation(
                    "consent_missing", "No consent to treatment holds now and at the start.", "clientId");
            if (facts.Care.Modality(modality, instant) is null)
                throw new RuleViolation(
                    "modality_consent_missing", "No consent to this modality holds now and at the start.", "modality");
        }

        if (facts.Care!.Suitability is not { } suitability)
            throw new RuleViolation("suitability_missing", "No clinician has decided on suitability yet.", "clientId");
        if (!suitability.Allows(modality, now))
            throw new RuleViolation(
                "suitability_refused", "The suitability decision does not allow this, or is due for review.",
                "modality");
        if (modality != Modalities.InPerson) CheckPlatform(platformId, startsAt, facts, now);
    }

    // T59, S47: a platform that lives on advertising needs this client's word for this platform; a no counts on any.
    private static void CheckPlatform(string? platformId, DateTimeOffset startsAt, BookingFacts facts, DateTimeOffset now)
    {
        var policy = facts.Policy ?? SessionPolicy.Default;
        if (facts.Platform?.IsApproved(now) is not true || (policy.EndToEndEncryptionRequired && !facts.Platform.Approval!.E2ee))
            throw new RuleViolation(
                "platform_not_approved", "The clinic has not approved this platform, or not any more.", "platformId");
        if (facts.Care.RefusesPlatform(facts.Linked, platformId, startsAt))
            throw new RuleViolation("platform_refused", "The client does not agree to this platform, or not any more.", "platformId");
        if ((policy.ConsentToEveryPlatform || facts.Platform.Approval!.CollectsForAdvertising)
            && facts.Care!.Platform(platformId, startsAt) is null)
            throw new RuleViolation(
                "platform_consent_missing", "The client has not agreed to what this platform collects.", "platformId");
    }
}
