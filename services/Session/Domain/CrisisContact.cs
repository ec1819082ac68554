using Clinic.Contracts;
using Clinic.Contracts.Session;
using FluentValidation;

namespace Clinic.Session.Domain;

/// <param name="ConsentHeld">Whether consent to treatment held at the time: the basis can be judged later (T25).</param>
public sealed record CrisisContactStarted(
    string ContactId, string ClientId, string PractitionerId, string Modality, string Basis, DateTimeOffset StartedAt,
    bool ConsentHeld, string? Jurisdiction = null);

/// <param name="EndedBy">Any clinician may; null in what was recorded before it was asked.</param>
public sealed record CrisisContactEnded(
    string ContactId, string ClientId, int Minutes, string Outcome, string? EndedBy = null);

/// <summary>One contact in a crisis. No gate decides about it.</summary>
public sealed record CrisisContact(string Id, CrisisContactStarted Started, CrisisContactEnded? Ended = null)
{
    public long Version { get; init; }

    public static string StreamId(string contactId) => $"crisis-contact-{contactId}";

    public static CrisisContact Create(CrisisContactStarted e) => new(StreamId(e.ContactId), e);

    public CrisisContact Apply(CrisisContactEnded e) => this with { Ended = e };
}

public sealed class StartCrisisContactValidator : AbstractValidator<StartCrisisContact>
{
    public StartCrisisContactValidator()
    {
        RuleFor(c => c.ContactId).MustBeId();
        RuleFor(c => c.ClientId).MustBeId();
        RuleFor(c => c.Modality).MustBeOneOf(Modalities.All);
        RuleFor(c => c.Basis).MustBeOneOf(CrisisBases.All);
        RuleFor(c => c.Jurisdiction).MustBeJurisdiction().When(c => c.Jurisdiction is not null);
    }
}

/// <param name="Care">For the record only; read without a guard, because nothing may stand in the way.</param>
public sealed record CrisisFacts(Actor By, ClientCare? Care);

public static class StartCrisisContactAggregateHandler
{
    public static object[] Handle(
        StartCrisisContact command, CrisisContact? state, CrisisFacts facts, DateTimeOffset now)
    {
        facts.By.MustBeClinician();
        if (state is not null)
            return (state.Started.ClientId, state.Started.PractitionerId) == (command.ClientId, facts.By.Id)
                ? []
                : throw new RuleViolation("contact_exists", "This id belongs to another contact.", "contactId");

        return
        [
            new CrisisContactStarted(
                command.ContactId, command.ClientId, facts.By.Id, command.Modality, command.Basis, now,
                facts.Care?.Treatment(now) is not null, command.Jurisdiction)
        ];
    }
}

public sealed class EndCrisisContactValidator : AbstractValidator<EndCrisisContact>
{
    public EndCrisisContactValidator()
    {
        RuleFor(c => c.ContactId).MustBeId();
        RuleFor(c => c.Minutes).InclusiveBetween(0, 1440);
        RuleFor(c => c.Outcome).MustBeCode();
    }
}

public static class EndCrisisContactAggregateHandler
{
    public static object[] Handle(EndCrisisContact command, CrisisContact? state, Actor by, DateTimeOffset now)
    {
        by.MustBeClinician();
        if (state is null) throw new RuleViolation("contact_unknown", "There is no such contact.", "contactId");
        var ended = new CrisisContactEnded(
            command.ContactId, state.Started.ClientId, command.Minutes, command.Outcome, by.Id);
        if (state.Ended is null) return [ended];
        return state.Ended with { EndedBy = by.Id } == ended
            ? []
            : throw new RuleViolation("contact_ended", "The contact was ended already.", "contactId");
    }
}
