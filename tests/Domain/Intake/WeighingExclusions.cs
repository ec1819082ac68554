using Clinic.Contracts;
using Clinic.Contracts.Intake;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Intake;

using Clinic.Intake.Domain; // inside, so that stored events win over the public ones of the same name

/// <summary>S41 and S44: what speaks against online care, and what client and clinician weigh together.</summary>
public class WeighingExclusions
{
    private static readonly SuitabilityFacts Licensed = Sample.Deciding(Spec.Fold<Practitioner>(Sample.Licence));
    private static readonly ReferOut Refer = new("client-1", "out-1", "crisis-team", ["severe-depression"]);
    private static readonly ReferredOut Referred = new("client-1", "out-1", "crisis-team", new[] { "severe-depression" }, "ther-1", Spec.Now);
    private static readonly ReferralAccepted Accepted = new("client-1", "out-1", "letter-1");
    private static readonly ClientRegistered ByReferral = Sample.Registered with { Route = Routes.Referral, ReferralId = "ref-1" };
    private static readonly DecideSuitability Despite = Sample.Online with { Exclusions = [ExclusionReasons.SevereDepression] };
    private static readonly SuitabilityDecided DecidedDespite = Sample.Decided with { Exclusions = new[] { "severe-depression" } };
    private static readonly SharedDecisionRecorded Shared = new(
        "client-1", "shared-1", ["video", "in-person"], "video", ["voice"], "Lives far out; hates the telephone.", true, "ther-1");

    [Fact]
    public void going_on_despite_an_exclusion_is_an_override_unless_others_have_accepted_the_client()
    {
        object[] given = [Sample.Registered, Sample.Plan];
        Spec.Given<Client>(given).When(Despite, DecideSuitabilityAggregateHandler.Handle, Licensed).Then(DecidedDespite with { Overridden = true });
        Spec.Given<Client>([.. given, Referred]).When(Despite, DecideSuitabilityAggregateHandler.Handle, Licensed).Then(DecidedDespite with { Overridden = true });
        Spec.Given<Client>([.. given, Referred, Accepted]).When(Despite, DecideSuitabilityAggregateHandler.Handle, Licensed).Then(DecidedDespite);
    }

    [Fact]
    public void a_severe_screen_does_not_decide_but_is_not_passed_over()
    {
        object[] given = [Sample.Registered, Sample.Plan, Sample.Phq9(21, "severe", 0)];
        Spec.Given<Client>(given).When(Sample.Online, DecideSuitabilityAggregateHandler.Handle, Licensed).ThenViolates("exclusion_unaddressed", "exclusions");
        Spec.Given<Client>(given).When(Despite, DecideSuitabilityAggregateHandler.Handle, Licensed).Then(DecidedDespite with { Overridden = true });
        Spec.Given<Client>([.. given, Sample.Phq9(12, "moderate", 0) with { ScreenId = "screen-9" }])
            .When(Sample.Online, DecideSuitabilityAggregateHandler.Handle, Licensed).Then(Sample.Decided);
    }

    [Fact]
    public void a_referral_out_is_a_clinicians_and_the_first_acceptance_closes_what_brought_the_client()
    {
        Spec.Given<Client>(ByReferral).When(Refer, ReferOutAggregateHandler.Handle, Spec.Therapist).Then(Referred);
        Spec.Given<Client>(ByReferral, Referred).When(Refer, ReferOutAggregateHandler.Handle, Spec.Therapist, Spec.Now.AddDays(1)).ThenNothing();
        Spec.Given<Client>(ByReferral, Referred).When(Refer with { Destination = "clinic" }, ReferOutAggregateHandler.Handle, Spec.Therapist).ThenViolates("referral_exists", "referralOutId");
        Spec.Given<Client>(ByReferral).When(Refer, ReferOutAggregateHandler.Handle, Spec.Operator).ThenViolates("role_not_permitted");

        var accept = new AcceptReferralOut("client-1", "out-1", "letter-1");
        Spec.Given<Client>(ByReferral, Referred).When(accept, AcceptReferralOutAggregateHandler.Handle, Spec.Ehr)
            .Then(Accepted, new ForStream("referral-ref-1", typeof(Referral), new ReferralClosed("ref-1", "client-1", "accepted-elsewhere")));
        Spec.Given<Client>(Sample.Registered, Referred).When(accept, AcceptReferralOutAggregateHandler.Handle, Spec.Ehr).Then(Accepted);
        Spec.Given<Client>(ByReferral, Referred, Accepted).When(accept, AcceptReferralOutAggregateHandler.Handle, Spec.Ehr).ThenNothing();
        Spec.Given<Client>(ByReferral).When(accept, AcceptReferralOutAggregateHandler.Handle, Spec.Ehr).ThenViolates("referral_unknown", "referralOutId");
    }

    [Fact]
    public void a_referral_is_closed_on_a_decision_or_an_acceptance_never_on_being_sent_on()
    {
        var close = new CloseReferral("client-1", "ref-1", "in-care");
        var received = new ReferralReceived("ref-1", "gp", new[] { "F32.1" }, "routine");
        ReferralFacts With(params object[] client) => new(Spec.Therapist, Spec.Fold<Client>(client));
        var given = Spec.Given<Referral>(received);
        var closed = new ReferralClosed("ref-1", "client-1", "in-care");
        given.When(close, CloseReferralAggregateHandler.Handle, With(ByReferral)).ThenViolates("not_decided");
        given.When(close, CloseReferralAggregateHandler.Handle, With(ByReferral, Sample.Decided with { Decision = "not-suitable" })).ThenViolates("not_decided");
        given.When(close, CloseReferralAggregateHandler.Handle, With(ByReferral, Sample.Decided, Referred)).ThenViolates("referral_not_accepted");
        given.When(close, CloseReferralAggregateHandler.Handle, With(ByReferral, Sample.Decided, Sample.Crisis)).ThenViolates("crisis_open");
        given.When(close, CloseReferralAggregateHandler.Handle, With(Sample.Registered, Sample.Decided)).ThenViolates("referral_unknown", "referralId");
        given.When(close, CloseReferralAggregateHandler.Handle, With(ByReferral, Sample.Decided)).Then(closed);
        given.When(close, CloseReferralAggregateHandler.Handle, With(ByReferral, Referred, Accepted)).Then(closed);
        Spec.Given<Referral>(received, closed).When(close, CloseReferralAggregateHandler.Handle, With(ByReferral, Sample.Decided)).ThenNothing();
        given.When(close, CloseReferralAggregateHandler.Handle, With(ByReferral, Sample.Decided) with { By = Spec.Ehr }).ThenViolates("role_not_permitted");
    }

    [Fact]
    public void what_was_weighed_together_is_on_record_once()
    {
        var record = new RecordSharedDecision("client-1", "shared-1", ["video", "in-person"], "video", ["voice"], "Lives far out; hates the telephone.", true);
        Spec.Given<Client>(Sample.Registered).When(record, RecordSharedDecisionAggregateHandler.Handle, Spec.Therapist).Then(Shared);
        Spec.Given<Client>(Sample.Registered, Shared).When(record, RecordSharedDecisionAggregateHandler.Handle, Spec.Therapist).ThenNothing();
        Spec.Given<Client>(Sample.Registered, Shared).When(record with { ClientAgrees = false }, RecordSharedDecisionAggregateHandler.Handle, Spec.Therapist)
            .ThenViolates("shared_decision_exists", "sharedDecisionId");
        new RecordSharedDecisionValidator().ShouldBeInvalid(record with { Options = ["video"] }, "Options");
        new RecordSharedDecisionValidator().ShouldBeInvalid(record with { Chosen = "text" }, "Chosen");
        new RecordSharedDecisionValidator().ShouldBeInvalid(record with { Declined = ["pigeon"] }, "Declined[0]");
        new RecordSharedDecisionValidator().ShouldBeInvalid(record with { Preferences = "" }, "Preferences");
    }

    [Fact]
    public void a_decision_that_rests_on_it_follows_it()
    {
        object[] given = [Sample.Registered, Sample.Plan, Shared];
        var citing = Sample.Online with { SharedDecisionId = "shared-1" };
        Spec.Given<Client>(given).When(citing, DecideSuitabilityAggregateHandler.Handle, Licensed).Then(Sample.Decided with { SharedDecisionId = "shared-1" });
        Spec.Given<Client>(given).When(citing with { Modalities = ["voice"] }, DecideSuitabilityAggregateHandler.Handle, Licensed).ThenViolates("modality_declined", "modalities");
        Spec.Given<Client>(given).When(citing with { SharedDecisionId = "shared-2" }, DecideSuitabilityAggregateHandler.Handle, Licensed).ThenViolates("shared_decision_unknown");
        Spec.Given<Client>(Sample.Registered, Sample.Plan, Shared with { ClientAgrees = false }).When(citing, DecideSuitabilityAggregateHandler.Handle, Licensed)
            .ThenViolates("client_disagrees");
    }

    [Fact]
    public void every_bad_field_is_named()
    {
        new ReferOutValidator().ShouldBeInvalid(Refer with { Destination = "the hospital" }, "Destination");
        new ReferOutValidator().ShouldBeInvalid(Refer with { ReasonCodes = [] }, "ReasonCodes");
        new AcceptReferralOutValidator().ShouldBeInvalid(new AcceptReferralOut("client-1", "out-1", ""), "ConfirmationRef");
        new CloseReferralValidator().ShouldBeInvalid(new CloseReferral("client-1", "ref-1", "all is well"), "ReasonCode");
        new DecideSuitabilityValidator().ShouldBeInvalid(Sample.Online with { SharedDecisionId = "" }, "SharedDecisionId");
    }
}
