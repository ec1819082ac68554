using Clinic.Contracts;
using Clinic.Contracts.Session;
using FluentValidation;

namespace Clinic.Session.Domain;

public sealed record ContactTimeRecorded(
    string ContactId, string ClientId, string PractitionerId, string Kind, int Minutes, DateTimeOffset At,
    string? About = null);

/// <summary>What one contact cost a practitioner (S27).</summary>
public sealed record ContactTime(string Id, ContactTimeRecorded Recorded)
{
    public long Version { get; init; }

    public static string StreamId(string contactId) => $"contact-time-{contactId}";

    public static ContactTime Create(ContactTimeRecorded e) => new(StreamId(e.ContactId), e);
}

public sealed class RecordContactTimeValidator : AbstractValidator<RecordContactTime>
{
    public RecordContactTimeValidator()
    {
        RuleFor(c => c.ContactId).MustBeId();
        RuleFor(c => c.ClientId).MustBeId();
        RuleFor(c => c.PractitionerId).MustBeId();
        RuleFor(c => c.Kind).MustBeOneOf(ContactKinds.All);
        RuleFor(c => c.Minutes).InclusiveBetween(1, 1440);
        RuleFor(c => c.About).MustBeId().When(c => c.About is not null);
    }
}

public static class RecordContactTimeAggregateHandler
{
    public static object[] Handle(RecordContactTime command, ContactTime? state, Actor by, DateTimeOffset now)
    {
        by.MustBeStaff();
        var recorded = new ContactTimeRecorded(
            command.ContactId, command.ClientId, command.PractitionerId, command.Kind, command.Minutes, now,
            command.About);
        if (state is null) return [recorded];
        return state.Recorded with { At = now } == recorded
            ? []
            : throw new RuleViolation("contact_exists", "This id belongs to another contact.", "contactId");
    }
}
