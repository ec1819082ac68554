using Clinic.Contracts;
using Clinic.Contracts.Intake;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Intake;

using Clinic.Intake.Domain; // inside, so that stored events win over the public ones of the same name

public sealed class ErasingAClient
{
    private static readonly RequestErasure Request = new("e-1", "client-1", ErasureGrounds.ClientRequest);
    private static readonly ErasureRequested Requested = new("e-1", "client-1", ErasureGrounds.ClientRequest, ["*"], ["client:client-1"], "op-1");
    private static readonly HoldPlaced Hold = new("h-1", "client-1", "litigation", "case-1", "op-1");
    private static readonly ErasureFacts Facts = new(Spec.Operator, Spec.Fold<Client>(Sample.Registered), null, Spec.Now);

    [Fact]
    public void an_erasure_is_recorded_with_every_subject_whose_keys_will_die() => Spec.Given<ClientErasure>()
        .When(Request, RequestErasureAggregateHandler.Handle, Facts with { Client = Spec.Fold<Client>(Sample.Registered with { ReferralId = "ref-1" }) })
        .Then(Requested with { Subjects = ["client:client-1", "referral:ref-1"] });

    [Fact]
    public void asking_again_while_it_runs_changes_nothing() =>
        Spec.Given<ClientErasure>(Requested).When(Request, RequestErasureAggregateHandler.Handle, Facts).ThenNothing();

    [Fact]
    public void another_erasure_waits_until_the_first_is_complete() =>
        Spec.Given<ClientErasure>(Requested).When(Request with { ErasureId = "e-2" }, RequestErasureAggregateHandler.Handle, Facts).ThenViolates("erasure_running");

    [Fact]
    public void what_is_erased_is_not_erased_again() =>
        Spec.Given<ClientErasure>(Requested, new ErasureCompleted("e-1", "client-1", 4))
            .When(Request with { ErasureId = "e-2", DataClasses = [DataClasses.Contact] }, RequestErasureAggregateHandler.Handle, Facts).ThenNothing();

    [Fact]
    public void one_class_gone_leaves_the_others_to_erase() =>
        Spec.Given<ClientErasure>(Requested with { DataClasses = [DataClasses.Contact] }, new ErasureCompleted("e-1", "client-1", 1))
            .When(Request with { ErasureId = "e-2" }, RequestErasureAggregateHandler.Handle, Facts).Then(Requested with { ErasureId = "e-2" });

    [Fact]
    public void T56_a_legal_hold_refuses_and_the_refusal_is_an_event()
    {
        var decided = Spec.Given<ClientErasure>(Hold).When(Request with { Ground = ErasureGrounds.EnteredInError }, RequestErasureAggregateHandler.Handle, Facts).Events;
        decided[0].ShouldBeOfType<ErasureRefused>().HoldIds.ShouldBe(["h-1"]);
        decided[1].ShouldBeOfType<RuleViolation>().Code.ShouldBe("legal_hold");
    }

    [Fact]
    public void a_refusal_is_recorded_once_however_often_it_is_repeated() =>
        Spec.Given<ClientErasure>(Hold, new ErasureRefused("e-1", "client-1", ErasureGrounds.ClientRequest, "legal_hold", ["h-1"], "op-1"))
            .When(Request, RequestErasureAggregateHandler.Handle, Facts).ThenViolates("legal_hold");

    [Fact]
    public void a_released_hold_keeps_nothing() =>
        Spec.Given<ClientErasure>(Hold, new HoldReleased("h-1", "client-1", "op-1")).When(Request, RequestErasureAggregateHandler.Handle, Facts).Then(Requested);

    [Theory]
    [InlineData(ErasureGrounds.ClientRequest, 29, false), InlineData(ErasureGrounds.RetentionEnded, 29, false), InlineData(ErasureGrounds.EnteredInError, 29, true)]
    [InlineData(ErasureGrounds.ClientRequest, 30, true)]
    public void a_retention_period_keeps_everything_but_errors_until_it_is_over(string ground, int daysLater, bool erased)
    {
        var facts = Facts with { Policy = Spec.Fold<RetentionPolicy>(new RetentionSet(DataClasses.Record, 30, "op-1"), new RetentionSet(DataClasses.Contact, 2, "op-1")) };
        var decided = Spec.Given<ClientErasure>().When(Request with { Ground = ground }, RequestErasureAggregateHandler.Handle, facts, Spec.Now.AddDays(daysLater)).Events;
        if (erased) decided.ShouldHaveSingleItem().ShouldBeOfType<ErasureRequested>();
        else decided[0].ShouldBeOfType<ErasureRefused>().KeepUntil.ShouldBe(Spec.Now.AddDays(30));
    }

    [Fact]
    public void a_class_whose_own_period_is_over_may_go_first()
    {
        var facts = Facts with { Policy = Spec.Fold<RetentionPolicy>(new RetentionSet(DataClasses.Record, 30, "op-1"), new RetentionSet(DataClasses.Contact, 2, "op-1")) };
        Spec.Given<ClientErasure>().When(Request with { DataClasses = [DataClasses.Contact] }, RequestErasureAggregateHandler.Handle, facts, Spec.Now.AddDays(3))
            .Then(Requested with { DataClasses = [DataClasses.Contact] });
    }

    [Fact]
    public void somebody_nobody_knows_cannot_be_erased() =>
        Spec.Given<ClientErasure>().When(Request, RequestErasureAggregateHandler.Handle, Facts with { Client = null }).ThenViolates("client_unknown", "clientId");

    [Fact]
    public void a_therapist_does_not_erase() =>
        Spec.Given<ClientErasure>().When(Request, RequestErasureAggregateHandler.Handle, Facts with { By = Spec.Therapist }).ThenViolates("role_not_permitted");

    [Fact]
    public void a_hold_that_comes_too_late_says_so()
    {
        var place = new PlaceHold("h-1", "client-1", "litigation", "case-1");
        Spec.Given<ClientErasure>().When(place, PlaceHoldAggregateHandler.Handle, Spec.Operator).Then(Hold);
        Spec.Given<ClientErasure>(Hold).When(place, PlaceHoldAggregateHandler.Handle, Spec.Operator).ThenNothing();
        Spec.Given<ClientErasure>(Hold).When(place with { Reference = "case-2" }, PlaceHoldAggregateHandler.Handle, Spec.Operator).ThenViolates("hold_exists");
        Spec.Given<ClientErasure>(Requested).When(place, PlaceHoldAggregateHandler.Handle, Spec.Operator).ThenViolates("erasure_began");
        Spec.Given<ClientErasure>(Requested, new ErasureCompleted("e-1", "client-1", 4)).When(place, PlaceHoldAggregateHandler.Handle, Spec.Operator).ThenViolates("erasure_began");
        Spec.Given<ClientErasure>().When(place, PlaceHoldAggregateHandler.Handle, Spec.Therapist).ThenViolates("role_not_permitted");
    }

    [Fact]
    public void releasing_twice_is_no_error()
    {
        var release = new ReleaseHold("h-1", "client-1");
        Spec.Given<ClientErasure>(Hold).When(release, ReleaseHoldAggregateHandler.Handle, Spec.Operator).Then(new HoldReleased("h-1", "client-1", "op-1"));
        Spec.Given<ClientErasure>(Hold, new HoldReleased("h-1", "client-1", "op-1")).When(release, ReleaseHoldAggregateHandler.Handle, Spec.Operator).ThenNothing();
    }

    [Fact]
    public void an_erasure_is_complete_when_every_service_has_answered_once()
    {
        var answers = ClientErasure.Services.Select(service => new ServiceErased("e-1", "client-1", service, 1)).ToArray();
        object[] before = [Requested, .. answers[..^1]];
        var last = new NoteKeysDestroyed("client-1", "e-1", answers[^1].Service, 1);
        Spec.Given<ClientErasure>(before).When(last, NoteKeysDestroyedAggregateHandler.Handle, Spec.Service)
            .Then(answers[^1], new ErasureCompleted("e-1", "client-1", answers.Length));
        Spec.Given<ClientErasure>(before).When(last with { Service = answers[0].Service }, NoteKeysDestroyedAggregateHandler.Handle, Spec.Service).ThenNothing();
        Spec.Given<ClientErasure>(before).When(last with { ErasureId = "e-9" }, NoteKeysDestroyedAggregateHandler.Handle, Spec.Service).ThenNothing();
        Spec.Given<ClientErasure>(before).When(last, NoteKeysDestroyedAggregateHandler.Handle, Spec.Operator).ThenViolates("role_not_permitted");
    }

    [Fact]
    public void retention_is_set_per_class_by_who_may()
    {
        var set = new SetRetention(DataClasses.Record, 3650);
        Spec.Given<RetentionPolicy>().When(set, SetRetentionAggregateHandler.Handle, Spec.Operator).Then(new RetentionSet(DataClasses.Record, 3650, "op-1"));
        Spec.Given<RetentionPolicy>(new RetentionSet(DataClasses.Record, 3650, "op-1")).When(set, SetRetentionAggregateHandler.Handle, Spec.Operator).ThenNothing();
        Spec.Given<RetentionPolicy>().When(set, SetRetentionAggregateHandler.Handle, Spec.Therapist).ThenViolates("role_not_permitted");
    }

    [Fact]
    public void a_malformed_request_is_refused_with_the_field_named()
    {
        var validator = new RequestErasureValidator();
        validator.Validate(Request).IsValid.ShouldBeTrue();
        validator.ShouldBeInvalid(Request with { ErasureId = "E 1" }, "ErasureId");
        validator.ShouldBeInvalid(Request with { Ground = "because" }, "Ground");
        validator.ShouldBeInvalid(Request with { DataClasses = [] }, "DataClasses");
        validator.ShouldBeInvalid(Request with { DataClasses = ["*"] }, "DataClasses");
    }
}
