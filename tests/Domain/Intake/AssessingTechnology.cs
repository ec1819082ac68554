using Clinic.Contracts;
using Clinic.Contracts.Intake;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Intake;

using Clinic.Intake.Domain; // inside, so that stored events win over the public ones of the same name

public class AssessingTechnology
{
    private static readonly AssessTechnology Command = new("client-1", "tech-1", "computer", Bandwidths.Adequate, true, 3, false, "phone");
    private static readonly AlternativeOffered Offered = new("client-1", "tech-1", ["phone", "in-person", "supporter"]);

    private static TechReadinessAssessed Assessed(AssessTechnology c, string readiness) => new(c.ClientId, c.AssessmentId, c.Device, c.Bandwidth,
        new Personal<bool>(c.PrivateSpace), new Personal<int>(c.Literacy), new Personal<bool>(c.SupportNeeded), c.Fallback, readiness, "sub-1");

    private static Outcome Asked(AssessTechnology command, params object[] before) =>
        Spec.Given<Client>([Sample.Registered, .. before]).When(command, AssessTechnologyAggregateHandler.Handle, Spec.ClientActor);

    [Theory]
    [InlineData("computer", "adequate", true, 3, false, "ready")]
    [InlineData("computer", "adequate", true, 3, true, "with-support")]
    [InlineData("computer", "adequate", false, 3, false, "with-support")]
    [InlineData("smartphone", "low", true, 3, false, "with-support")]
    [InlineData("tablet", "adequate", true, 2, false, "with-support")]
    [InlineData("tablet", "adequate", true, 1, false, "poor")]
    [InlineData("none", "adequate", true, 4, false, "poor")]
    [InlineData("computer", "none", true, 4, false, "poor")]
    public void readiness_is_assessed_never_assumed(string device, string bandwidth, bool room, int literacy, bool help, string readiness)
    {
        var command = Command with { Device = device, Bandwidth = bandwidth, PrivateSpace = room, Literacy = literacy, SupportNeeded = help };
        Asked(command).Then(readiness == "poor" ? [Assessed(command, readiness), Offered] : [Assessed(command, readiness)]);
    }

    [Fact]
    public void what_waits_for_an_answer_is_not_offered_twice_and_a_repeat_changes_nothing()
    {
        var poor = Command with { AssessmentId = "tech-2", Literacy = 0 };
        var first = Command with { Literacy = 0 };
        Asked(poor, Assessed(first, "poor"), Offered).Then(Assessed(poor, "poor"));
        Asked(first, Assessed(first, "poor"), Offered).ThenNothing();
        Asked(Command, Assessed(first, "poor"), Offered).ThenViolates("assessment_exists", "assessmentId");
    }

    [Theory]
    [InlineData(1000, 1000, 300, 30, "video voice text")]
    [InlineData(999, 1000, 300, 30, "voice text")]
    [InlineData(5000, 90, 40, 0, "text")]
    [InlineData(0, 0, 0, 1000, "")]
    public void a_connection_test_says_what_it_carries_and_offers_another_way_when_not_even_a_voice(int down, int up, int latency, int loss, string carries)
    {
        var tested = new ConnectionTested("client-1", "test-1", down, up, latency, loss, carries.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var test = new TestConnection("client-1", "test-1", down, up, latency, loss);
        Spec.Given<Client>(Sample.Registered).When(test, TestConnectionAggregateHandler.Handle, Spec.ClientActor)
            .Then(carries.Contains("voice") ? [tested] : [tested, Offered with { OfferId = "test-1" }]);
        Spec.Given<Client>(Sample.Registered, tested).When(test, TestConnectionAggregateHandler.Handle, Spec.ClientActor).ThenNothing();
        // who has answered once is not asked before every session
        Spec.Given<Client>(Sample.Registered, Offered, new OfferAnswered("client-1", "tech-1", "declined"))
            .When(test, TestConnectionAggregateHandler.Handle, Spec.ClientActor).Then(tested);
    }

    [Fact]
    public void an_answer_is_an_event_and_a_change_of_mind_another()
    {
        var answer = new AnswerOffer("client-1", "tech-1", "phone");
        var answered = new OfferAnswered("client-1", "tech-1", "phone");
        var given = Spec.Given<Client>(Sample.Registered, Offered, answered);
        Spec.Given<Client>(Sample.Registered, Offered).When(answer, AnswerOfferAggregateHandler.Handle, Spec.ClientActor).Then(answered);
        given.When(answer, AnswerOfferAggregateHandler.Handle, Spec.ClientActor).ThenNothing();
        given.When(answer with { Answer = "declined" }, AnswerOfferAggregateHandler.Handle, Spec.ClientActor).Then(answered with { Answer = "declined" });
        Spec.Given<Client>(Sample.Registered).When(answer, AnswerOfferAggregateHandler.Handle, Spec.ClientActor).ThenViolates("offer_unknown", "offerId");
    }

    [Fact]
    public void an_open_offer_holds_up_online_care_until_it_is_answered()
    {
        object[] offered = [Sample.Registered, Sample.Plan, Offered];
        var licensed = Sample.Deciding(Spec.Fold<Practitioner>(Sample.Licence));
        Spec.Given<Client>(offered).When(Sample.Online, DecideSuitabilityAggregateHandler.Handle, licensed).ThenViolates("technology_offer_open");
        Spec.Given<Client>([.. offered, new OfferAnswered("client-1", "tech-1", "declined")])
            .When(Sample.Online, DecideSuitabilityAggregateHandler.Handle, licensed).Then(Sample.Decided);
        Spec.Given<Client>(offered).When(Sample.Online with { Modalities = ["in-person"] }, DecideSuitabilityAggregateHandler.Handle, licensed)
            .Then(Sample.Decided with { Modalities = ["in-person"] });
    }

    [Fact]
    public void who_refuses_online_treatment_is_offered_other_ways_once()
    {
        var refused = new NoteRefusal("client-1", "care-1");
        var offered = new AlternativeOffered("client-1", "care-1", ["phone", "in-person"]);
        Spec.Given<Client>(Sample.Registered).When(refused, NoteRefusalAggregateHandler.Handle, Spec.Service).Then(offered);
        Spec.Given<Client>(Sample.Registered, offered).When(refused, NoteRefusalAggregateHandler.Handle, Spec.Service).ThenNothing();
        Spec.Given<Client>(Sample.Registered, offered, new OfferAnswered("client-1", "care-1", "declined")).When(refused, NoteRefusalAggregateHandler.Handle, Spec.Service).ThenNothing();
        Spec.Given<Client>(Sample.Registered).When(refused, NoteRefusalAggregateHandler.Handle, Spec.Therapist).ThenViolates("role_not_permitted");
        // only what was offered can be chosen
        Spec.Given<Client>(Sample.Registered, offered).When(new AnswerOffer("client-1", "care-1", "supporter"), AnswerOfferAggregateHandler.Handle, Spec.ClientActor)
            .ThenViolates("answer_not_offered", "answer");
    }

    [Fact]
    public void preferences_and_needs_are_the_clients_and_replace_each_other()
    {
        var preferred = new ModalityPreferenceSet("client-1", ["text", "voice"]);
        var prefer = new SetModalityPreference("client-1", ["text", "voice"]);
        Spec.Given<Client>(Sample.Registered).When(prefer, SetModalityPreferenceAggregateHandler.Handle, Spec.ClientActor).Then(preferred);
        Spec.Given<Client>(Sample.Registered, preferred).When(prefer, SetModalityPreferenceAggregateHandler.Handle, Spec.ClientActor).ThenNothing();
        Spec.Given<Client>(Sample.Registered, preferred).When(prefer with { Modalities = ["voice", "text"] }, SetModalityPreferenceAggregateHandler.Handle, Spec.ClientActor)
            .Then(preferred with { Modalities = ["voice", "text"] });
        var needs = new SetAccessibility("client-1", ["step-free", "captions"]);
        var set = new AccessibilitySet("client-1", new[] { "step-free", "captions" });
        Spec.Given<Client>(Sample.Registered).When(needs, SetAccessibilityAggregateHandler.Handle, Spec.ClientActor).Then(set);
        Spec.Given<Client>(Sample.Registered, set).When(needs, SetAccessibilityAggregateHandler.Handle, Spec.ClientActor).ThenNothing();
    }

    [Fact]
    public void every_bad_field_is_named()
    {
        new AssessTechnologyValidator().ShouldBeInvalid(Command with { Literacy = 5 }, "Literacy");
        new AssessTechnologyValidator().ShouldBeInvalid(Command with { Device = "abacus" }, "Device");
        new AssessTechnologyValidator().ShouldBeInvalid(Command with { Bandwidth = "5G" }, "Bandwidth");
        new AssessTechnologyValidator().ShouldBeInvalid(Command with { Fallback = "hope" }, "Fallback");
        new TestConnectionValidator().ShouldBeInvalid(new TestConnection("client-1", "test-1", -1, 0, 0, 0), "DownKbps");
        new TestConnectionValidator().ShouldBeInvalid(new TestConnection("client-1", "test-1", 0, 0, 0, 1001), "LossPerMille");
        new AnswerOfferValidator().ShouldBeInvalid(new AnswerOffer("client-1", "tech-1", "fax"), "Answer");
        new SetModalityPreferenceValidator().ShouldBeInvalid(new SetModalityPreference("client-1", ["text", "text"]), "Modalities");
        new SetModalityPreferenceValidator().ShouldBeInvalid(new SetModalityPreference("client-1", []), "Modalities");
        new SetAccessibilityValidator().ShouldBeInvalid(new SetAccessibility("client-1", ["a quiet room"]), "Needs[0]");
    }
}
