using Clinic.Contracts;
using Clinic.Contracts.Intake;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Intake;

using Clinic.Intake.Domain; // inside, so that stored events win over the public ones of the same name

public class TheCrisisPathway
{
    private static readonly ActivateCrisis Activate = new("client-1", "case-1", "clinical-judgement");
    private static readonly CrisisPathwayActivated Activated = new("client-1", "clinical-judgement", "case-1", true);
    private static readonly RecordCrisisContact Contact = new("client-1", "call-1", ContactMethods.Call, ContactOutcomes.NotReached);
    private static readonly CrisisContactAttempted Attempted = new("client-1", "call-1", "call", "not-reached", "ther-1");
    private static readonly CloseCrisis Close = new("client-1", "Stays with her sister, sees the team tomorrow.");
    private static readonly CrisisPathwayClosed Closed = new("client-1", "ther-1", "Stays with her sister, sees the team tomorrow.");

    [Fact]
    public void a_clinician_may_open_it_and_told_twice_it_opens_once()
    {
        Spec.Given<Client>(Sample.Registered).When(Activate, ActivateCrisisAggregateHandler.Handle, Spec.Therapist).Then(Activated);
        Spec.Given<Client>(Sample.Registered, Sample.Crisis).When(Activate, ActivateCrisisAggregateHandler.Handle, Spec.Therapist).ThenNothing();
        Spec.Given<Client>(Sample.Registered, Activated, Attempted, Closed).When(Activate, ActivateCrisisAggregateHandler.Handle, Spec.Therapist).ThenNothing();
        Spec.Given<Client>(Sample.Registered, Activated, Attempted, Closed)
            .When(Activate with { CaseId = "case-2" }, ActivateCrisisAggregateHandler.Handle, Spec.Therapist).Then(Activated with { ScreenId = "case-2" });
    }

    [Fact]
    public void only_a_clinician_opens_tries_and_closes()
    {
        foreach (var by in new[] { Spec.ClientActor, Spec.Ehr, Spec.Operator, Spec.Service, Spec.Therapist with { Role = Roles.PeerSupporter } })
        {
            var given = Spec.Given<Client>(Sample.Registered, Sample.Crisis, Attempted);
            given.When(Activate, ActivateCrisisAggregateHandler.Handle, by).ThenViolates("role_not_permitted");
            given.When(Contact, RecordCrisisContactAggregateHandler.Handle, by).ThenViolates("role_not_permitted");
            given.When(Close, CloseCrisisAggregateHandler.Handle, by).ThenViolates("role_not_permitted");
        }
    }

    [Fact]
    public void every_attempt_to_reach_the_client_is_on_record()
    {
        Spec.Given<Client>(Sample.Registered, Sample.Crisis).When(Contact, RecordCrisisContactAggregateHandler.Handle, Spec.Therapist).Then(Attempted);
        Spec.Given<Client>(Sample.Registered, Sample.Crisis, Attempted).When(Contact, RecordCrisisContactAggregateHandler.Handle, Spec.Therapist).ThenNothing();
        Spec.Given<Client>(Sample.Registered, Sample.Crisis, Attempted)
            .When(Contact with { Outcome = "reached" }, RecordCrisisContactAggregateHandler.Handle, Spec.Therapist).ThenViolates("attempt_exists", "attemptId");
        Spec.Given<Client>(Sample.Registered).When(Contact, RecordCrisisContactAggregateHandler.Handle, Spec.Therapist).ThenViolates("crisis_not_open");
    }

    [Fact, Trait("Scenario", "T62")]
    public void a_clock_that_is_ahead_is_flagged_and_once_it_is_not_the_repeat_is_still_one()
    {
        var ahead = Contact with { OccurredAt = Spec.Now.AddMinutes(5) };
        var flagged = Attempted with { OccurredAt = ahead.OccurredAt, ClockAhead = true };
        Spec.Given<Client>(Sample.Registered, Sample.Crisis).When(ahead, RecordCrisisContactAggregateHandler.Handle, Spec.Therapist).Then(flagged);
        Spec.Given<Client>(Sample.Registered, Sample.Crisis, flagged).When(ahead, RecordCrisisContactAggregateHandler.Handle, Spec.Therapist, Spec.Now.AddHours(1)).ThenNothing();
    }

    [Fact]
    public void it_is_not_closed_before_somebody_tried_to_reach_who_can_be_reached()
    {
        Spec.Given<Client>(Sample.Registered, Sample.Crisis).When(Close, CloseCrisisAggregateHandler.Handle, Spec.Therapist).ThenViolates("contact_missing");
        Spec.Given<Client>(Sample.Registered, Sample.Crisis, Attempted).When(Close, CloseCrisisAggregateHandler.Handle, Spec.Therapist).Then(Closed);
        // an attempt of an earlier crisis does not count
        Spec.Given<Client>(Sample.Registered, Sample.Crisis, Attempted, Closed, Activated).When(Close, CloseCrisisAggregateHandler.Handle, Spec.Therapist)
            .ThenViolates("contact_missing");
        Spec.Given<Client>(Sample.Registered with { IdentityMode = IdentityModes.Anonymous }, Sample.Crisis with { ContactPossible = false })
            .When(Close, CloseCrisisAggregateHandler.Handle, Spec.Therapist).Then(Closed);
    }

    [Fact]
    public void when_nobody_tried_in_time_it_is_said_once_and_only_then()
    {
        var due = new NoteContactOverdue("client-1", Spec.Now.AddHours(1));
        var overdue = new CrisisContactOverdue("client-1", "screen-2", due.DueAt);
        Spec.Given<Client>(Sample.Registered, Sample.Crisis).When(due, NoteContactOverdueAggregateHandler.Handle, Spec.Service).Then(overdue);
        foreach (object[] since in new object[][] { [overdue], [Attempted], [Attempted, Closed] })
            Spec.Given<Client>([Sample.Registered, Sample.Crisis, .. since]).When(due, NoteContactOverdueAggregateHandler.Handle, Spec.Service).ThenNothing();
        Spec.Given<Client>(Sample.Registered, Sample.Crisis).When(due, NoteContactOverdueAggregateHandler.Handle, Spec.Therapist).ThenViolates("role_not_permitted");
    }

    [Fact]
    public void closed_care_stands_where_it_stood_before()
    {
        object[] closed = [Sample.Registered, Sample.Plan, Sample.Crisis, Attempted, Closed];
        Spec.Given<Client>(closed).When(Close, CloseCrisisAggregateHandler.Handle, Spec.Therapist).ThenNothing();
        Spec.Given<Client>(closed).When(Sample.Online, DecideSuitabilityAggregateHandler.Handle, Sample.Deciding(Spec.Fold<Practitioner>(Sample.Licence))).Then(Sample.Decided);
        Spec.Given<Client>(Sample.Registered).When(Close, CloseCrisisAggregateHandler.Handle, Spec.Therapist).ThenViolates("crisis_not_open");
    }

    [Fact]
    public void every_bad_field_is_named()
    {
        new ActivateCrisisValidator().ShouldBeInvalid(Activate with { Trigger = "a bad feeling" }, "Trigger");
        new RecordCrisisContactValidator().ShouldBeInvalid(Contact with { Method = "pigeon" }, "Method");
        new RecordCrisisContactValidator().ShouldBeInvalid(Contact with { Outcome = "maybe" }, "Outcome");
        new RecordCrisisContactValidator().ShouldBeInvalid(Contact with { OccurredAt = DateTimeOffset.MinValue }, "OccurredAt");
        new CloseCrisisValidator().ShouldBeInvalid(Close with { Plan = "" }, "Plan");
    }
}
