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

        // The shape only: asking the machine's time zone database would make the answer depend on the machine.
        RuleFor(c => c.TimeZone).NotNull().MaximumLength(64).Matches(@"\A[A-Za-z]+([/_+-][A-Za-z0-9]+)*\z");
        RuleFor(c => c.PlatformId).MustBeId().When(c => c.PlatformId is not null || c.Modality != Modalities.InPerson);
    }
}

/// <summary>What the decision reads. Append with the client's care stream at the version read here.</summary>
public sealed record BookingFacts(Actor By, ClientCare? Care);

public static class BookSessionAggregateHandler
{
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);
    private const int DaysAhead = 366;

    public static object[] Handle(BookSession command, TherapySession? state, BookingFacts facts, DateTimeOffset now)
    {
        if (facts.By.Role is not
            (Roles.Client or Roles.Therapist or Roles.Supervisor or Roles.PeerSupporter or Roles.ClinicSystem))
            throw new RuleViolation("role_not_permitted", "A session is booked by the client or by clinic staff.");

        var scheduled = new SessionScheduled(
            command.SessionId, command.ClientId, command.PractitionerId, command.Modality, command.StartsAt,
            command.PlannedMinutes, command.TimeZone, command.PlatformId);
        if (state is not null)
            return IsBookingOf(state, scheduled)
                ? []
                : throw new RuleViolation("session_exists", "This id belongs to another session.", "sessionId");

        if (command.StartsAt < now - ClockSkew)
            throw new RuleViolation("starts_in_past", "A session is booked before it starts.", "startsAt");
        if (command.StartsAt > now.AddDays(DaysAhead))
            throw new RuleViolation("starts_too_far_ahead", $"At most {DaysAhead} days ahead.", "startsAt");

        // Now and then: the gate asks again at the start, but a booking that must fail there helps nobody.
        foreach (var instant in new[] { now, command.StartsAt })
        {
            if (facts.Care?.Treatment(instant) is null)
                throw new RuleViolation(
                    "consent_missing", "No consent to treatment holds now and at the start.", "clientId");
            if (facts.Care.Modality(command.Modality, instant) is null)
                throw new RuleViolation(
                    "modality_consent_missing", "No consent to this modality holds now and at the start.", "modality");
        }

        if (facts.Care!.Suitability is not { } suitability)
            throw new RuleViolation("suitability_missing", "No clinician has decided on suitability yet.", "clientId");
        if (!suitability.Allows(command.Modality, now))
            throw new RuleViolation(
                "suitability_refused", "The suitability decision does not allow this, or is due for review.",
                "modality");

        return
        [
            scheduled,
            new ForStream(
                ClientCare.StreamId(command.ClientId), typeof(ClientCare),
                new SessionListed(command.ClientId, command.SessionId, command.Modality, command.StartsAt))
        ];
    }

    // Whatever became of the session since: sending the booking again is still the same booking.
    private static bool IsBookingOf(TherapySession state, SessionScheduled scheduled) =>
        TherapySession.Create(scheduled) == state with { Status = SessionStatus.Scheduled, Ended = null, Version = 0 };
}
