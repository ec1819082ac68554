using Clinic.Contracts;
using Clinic.Contracts.Intake;
using Clinic.Contracts.Session;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Intake;

using Clinic.Intake.Domain; // inside, so that stored events win over the public ones of the same name

public class DiagnosingClients
{
    private static readonly SuitabilityFacts Licensed = Sample.Deciding(Spec.Fold<Practitioner>(Sample.Licence));
    private static readonly RecordDiagnosis Provisional = new("client-1", "dx-1", "icd-10", "F32.1", DiagnosisStatuses.Provisional, AssessmentBases.SelfReportScreen);
    private static readonly RecordDiagnosis Confirmed = Provisional with { Status = DiagnosisStatuses.Confirmed, Basis = AssessmentBases.ClinicalInterview };
    private static readonly DiagnosisRecorded Recorded = new("client-1", "dx-1", "icd-10", "F32.1", "provisional", "self-report-screen", ["PSY"], "ther-1", Spec.Now);
    private static readonly DiagnosisRecorded Held = Recorded with { Status = "confirmed", Basis = "clinical-interview" };
    private static readonly CorrectDiagnosis Correct = new("client-1", "dx-1", "misdiagnosis", "dx-2");
    private static readonly DiagnosisRecorded Second = Recorded with { DiagnosisId = "dx-2", Code = "F41.1" };
    private static readonly PastRecipient Neighbour = new("d-1", "harbour", Spec.Now.AddDays(-2));
    private static readonly DisclosureNoted Told = new("client-1", "d-1", "harbour", Neighbour.At);

    private static ItemsReleased Carried(string disclosureId, params string[] items) => new("client-1", disclosureId, "harbour", "diagnoses", items);

    private static CorrectionFacts After(params object[] events) => new(Spec.Therapist, Spec.Fold<ClientDisclosures>(events));

    [Fact]
    public void a_diagnosis_begins_as_provisional_and_a_clinicians_interview_confirms_it()
    {
        Spec.Given<Client>(Sample.Registered).When(Provisional, RecordDiagnosisAggregateHandler.Handle, Licensed).Then(Recorded);
        Spec.Given<Client>(Sample.Registered, Recorded).When(Confirmed, RecordDiagnosisAggregateHandler.Handle, Licensed).Then(Held);
        Spec.Given<Client>(Sample.Registered, Recorded, Held).When(Confirmed, RecordDiagnosisAggregateHandler.Handle, Licensed, Spec.Now.AddDays(1)).ThenNothing();
    }

    [Fact]
    public void what_could_not_be_seen_or_heard_stands_beside_what_a_diagnosis_rests_on()
    {
        Spec.Given<Client>(Sample.Registered, Recorded).When(Confirmed with { Modality = Modalities.Voice }, RecordDiagnosisAggregateHandler.Handle, Licensed)
            .Then(Held with { CueProfile = "voice/1" });
        CueProfiles.MissingIn("voice/1").ShouldContain("facial-expression");
        new RecordDiagnosisValidator().Validate(Confirmed with { Modality = Modalities.InPerson }).IsValid.ShouldBeTrue();
        new RecordDiagnosisValidator().Validate(Confirmed with { Modality = "telepathy" }).Errors.ShouldHaveSingleItem().PropertyName.ShouldBe("Modality");
        // nobody is met in a questionnaire
        new RecordDiagnosisValidator().Validate(Provisional with { Modality = Modalities.Video }).Errors.ShouldHaveSingleItem().PropertyName.ShouldBe("Modality");
    }

    [Theory]
    [InlineData("self-report-screen")]
    [InlineData("client-account")]
    [InlineData("records")]
    public void a_screen_never_confirms(string basis) => Spec.Given<Client>(Sample.Registered, Recorded)
        .When(Confirmed with { Basis = basis }, RecordDiagnosisAggregateHandler.Handle, Licensed).ThenViolates("basis_does_not_confirm", "basis");

    [Fact]
    public void who_confirms_has_a_licence_that_holds()
    {
        Spec.Given<Client>(Sample.Registered).When(Confirmed, RecordDiagnosisAggregateHandler.Handle, Licensed with { Decider = null }).ThenViolates("licence_missing");
        Spec.Given<Client>(Sample.Registered).When(Provisional, RecordDiagnosisAggregateHandler.Handle, Licensed with { Decider = null }).Then(Recorded);
        foreach (var by in new[] { Spec.ClientActor, Spec.Service, Spec.Ehr, Spec.Operator })
            Spec.Given<Client>(Sample.Registered).When(Provisional, RecordDiagnosisAggregateHandler.Handle, Licensed with { By = by }).ThenViolates("role_not_permitted");
    }

    [Fact]
    public void a_code_for_substance_use_is_labelled_so() => Spec.Given<Client>(Sample.Registered)
        .When(Provisional with { Code = "F10.2" }, RecordDiagnosisAggregateHandler.Handle, Licensed).Then(Recorded with { Code = "F10.2", Labels = ["PSY", "SUD"] });

    [Fact]
    public void what_was_confirmed_is_corrected_never_overwritten()
    {
        Spec.Given<Client>(Sample.Registered, Held).When(Provisional, RecordDiagnosisAggregateHandler.Handle, Licensed).ThenViolates("diagnosis_confirmed", "status");
        Spec.Given<Client>(Sample.Registered, Recorded).When(Provisional with { Code = "F33.1" }, RecordDiagnosisAggregateHandler.Handle, Licensed).ThenViolates("diagnosis_exists", "diagnosisId");
    }

    [Fact]
    public void a_correction_names_whoever_was_told_of_this_very_diagnosis()
    {
        var corrected = new DiagnosisCorrected("client-1", "dx-1", "misdiagnosis", [Neighbour], "ther-1", "dx-2");
        var given = Spec.Given<Client>(Sample.Registered, Held, Second);
        var noted = new ForStream("disclosures-client-1", typeof(ClientDisclosures), new ItemCorrected("client-1", "dx-1", "misdiagnosis", "dx-2"));
        given.When(Correct, CorrectDiagnosisAggregateHandler.Handle, After(Carried("d-1", "dx-1", "dx-2"), Told)).Then(corrected, noted);
        // told of another diagnosis; handed over but the release was cancelled; nothing ever left
        given.When(Correct, CorrectDiagnosisAggregateHandler.Handle, After(Carried("d-1", "dx-2"), Told)).Then(corrected with { Recipients = [] }, noted);
        given.When(Correct, CorrectDiagnosisAggregateHandler.Handle, After(Carried("d-1", "dx-1"))).Then(corrected with { Recipients = [] }, noted);
        given.When(Correct, CorrectDiagnosisAggregateHandler.Handle, After()).Then(corrected with { Recipients = [] }, noted);
    }

    [Fact]
    public void a_correction_stands_and_its_diagnosis_stays_on_record()
    {
        var corrected = new DiagnosisCorrected("client-1", "dx-1", "misdiagnosis", [], "ther-1", "dx-2");
        var given = Spec.Given<Client>(Sample.Registered, Held, Second, corrected);
        given.When(Correct, CorrectDiagnosisAggregateHandler.Handle, After()).ThenNothing();
        given.When(Correct with { ReasonCode = "typing-error" }, CorrectDiagnosisAggregateHandler.Handle, After()).ThenViolates("diagnosis_corrected");
        given.When(Provisional, RecordDiagnosisAggregateHandler.Handle, Licensed).ThenViolates("diagnosis_corrected", "diagnosisId");
        given.State!.Problems.Diagnoses.ShouldContain(Held);
        Spec.Given<Client>(Sample.Registered).When(Correct, CorrectDiagnosisAggregateHandler.Handle, After()).ThenViolates("diagnosis_unknown", "diagnosisId");
        Spec.Given<Client>(Sample.Registered, Held).When(Correct, CorrectDiagnosisAggregateHandler.Handle, After()).ThenViolates("diagnosis_unknown", "replacedBy");
        given.When(Correct, CorrectDiagnosisAggregateHandler.Handle, After() with { By = Spec.Operator }).ThenViolates("role_not_permitted");
    }

    [Fact]
    public void who_is_told_while_a_diagnosis_is_corrected_is_found_when_the_disclosure_is_made()
    {
        var made = new NoteDisclosure("client-1", "d-1", "harbour", Neighbour.At);
        var itemCorrected = new ItemCorrected("client-1", "dx-1", "misdiagnosis", "dx-2");
        var found = new CorrectionRecipientFound("client-1", "dx-1", "misdiagnosis", Neighbour, "dx-2");
        foreach (var order in new object[][] { [Carried("d-1", "dx-1"), itemCorrected], [itemCorrected, Carried("d-1", "dx-1")] })
            Spec.Given<ClientDisclosures>(order).When(made, NoteDisclosureAggregateHandler.Handle, Spec.Service).Then(Told, found);
        // fetched once more, and only then recorded as handed over
        var handing = new NoteItemsReleased("client-1", "d-1", "harbour", "diagnoses", ["dx-1"]);
        Spec.Given<ClientDisclosures>(itemCorrected, Told).When(handing, NoteItemsReleasedAggregateHandler.Handle, Spec.Service).Then(Carried("d-1", "dx-1"), found);
        // who was told of another diagnosis, or that it was corrected, needs no word
        Spec.Given<ClientDisclosures>(Carried("d-1", "dx-2"), itemCorrected).When(made, NoteDisclosureAggregateHandler.Handle, Spec.Service).Then(Told);
        Spec.Given<ClientDisclosures>(itemCorrected, Carried("d-1", "dx-1") with { Corrected = ["dx-1"] }).When(made, NoteDisclosureAggregateHandler.Handle, Spec.Service).Then(Told);
    }

    [Fact]
    public void what_is_handed_over_and_what_was_made_of_it_are_each_noted_once()
    {
        var handing = new NoteItemsReleased("client-1", "d-1", "harbour", "diagnoses", ["dx-1"]);
        Spec.Given<ClientDisclosures>().When(handing, NoteItemsReleasedAggregateHandler.Handle, Spec.Service).Then(Carried("d-1", "dx-1"));
        Spec.Given<ClientDisclosures>(Carried("d-1", "dx-1")).When(handing, NoteItemsReleasedAggregateHandler.Handle, Spec.Service).ThenNothing();
        var made = new NoteDisclosure("client-1", "d-1", "harbour", Neighbour.At);
        Spec.Given<ClientDisclosures>().When(made, NoteDisclosureAggregateHandler.Handle, Spec.Service).Then(Told);
        Spec.Given<ClientDisclosures>(Told).When(made, NoteDisclosureAggregateHandler.Handle, Spec.Service).ThenNothing();
        Spec.Given<ClientDisclosures>().When(made, NoteDisclosureAggregateHandler.Handle, Spec.Therapist).ThenViolates("role_not_permitted");
        Spec.Given<ClientDisclosures>().When(handing, NoteItemsReleasedAggregateHandler.Handle, Spec.Therapist).ThenViolates("role_not_permitted");
    }

    [Fact]
    public void labels_are_only_added_and_sharing_is_the_clients_own()
    {
        var self = new Actor("client-1", Roles.Client, "north");
        var label = new LabelItem("client-1", "dx-1", ["SUD", "PSY"]);
        var labelled = new ItemLabelled("client-1", "dx-1", ["PSY", "SUD"], "ther-1");
        Spec.Given<Client>(Sample.Registered, Recorded).When(label, LabelItemAggregateHandler.Handle, Spec.Therapist).Then(labelled);
        Spec.Given<Client>(Sample.Registered, Recorded, labelled).When(label with { Labels = ["SUD"] }, LabelItemAggregateHandler.Handle, Spec.Therapist).ThenNothing();
        Spec.Given<Client>(Sample.Registered, Recorded).When(label with { ItemId = "dx-9" }, LabelItemAggregateHandler.Handle, Spec.Therapist).ThenViolates("item_unknown", "itemId");
        Spec.Given<Client>(Sample.Registered, Recorded).When(label, LabelItemAggregateHandler.Handle, Spec.ClientActor).ThenViolates("role_not_permitted");

        var keep = new SetItemSharing("client-1", "dx-1", "private");
        var kept = new ItemSharingSet("client-1", "dx-1", "private");
        Spec.Given<Client>(Sample.Registered, Recorded).When(keep, SetItemSharingAggregateHandler.Handle, self).Then(kept);
        Spec.Given<Client>(Sample.Registered, Recorded, kept).When(keep, SetItemSharingAggregateHandler.Handle, self).ThenNothing();
        Spec.Given<Client>(Sample.Registered, Recorded).When(keep with { Level = "disclosable" }, SetItemSharingAggregateHandler.Handle, self).ThenNothing();
        Spec.Given<Client>(Sample.Registered, Recorded).When(keep, SetItemSharingAggregateHandler.Handle, Spec.Therapist).ThenViolates("role_not_permitted");
        Spec.Given<Client>(Sample.Registered).When(keep, SetItemSharingAggregateHandler.Handle, self).ThenViolates("item_unknown", "itemId");
    }

    [Fact]
    public void goals_are_in_the_clients_words_and_replaced_by_themselves()
    {
        var set = new SetGoal("client-1", "goal-1", "Sleep through again", Sample.NextYear);
        var goal = new GoalSet("client-1", "goal-1", "Sleep through again", Sample.NextYear);
        Spec.Given<Client>(Sample.Registered).When(set, SetGoalAggregateHandler.Handle, Spec.ClientActor).Then(goal);
        Spec.Given<Client>(Sample.Registered, goal).When(set, SetGoalAggregateHandler.Handle, Spec.ClientActor).ThenNothing();
        var changed = goal with { Text = "Six hours are enough" };
        Spec.Given<Client>(Sample.Registered, goal).When(set with { Text = "Six hours are enough" }, SetGoalAggregateHandler.Handle, Spec.ClientActor).Then(changed);
        Spec.Fold<Client>(Sample.Registered, goal, changed)!.Problems.Goals.ShouldBe([changed]);
    }

    [Fact]
    public void every_bad_field_is_named()
    {
        new RecordDiagnosisValidator().ShouldBeInvalid(Provisional with { Code = "low mood" }, "Code");
        new RecordDiagnosisValidator().ShouldBeInvalid(Provisional with { Status = "certain" }, "Status");
        new RecordDiagnosisValidator().ShouldBeInvalid(Provisional with { Basis = "hunch" }, "Basis");
        new CorrectDiagnosisValidator().ShouldBeInvalid(Correct with { ReplacedBy = "dx-1" }, "ReplacedBy");
        new LabelItemValidator().ShouldBeInvalid(new LabelItem("client-1", "dx-1", ["SECRET"]), "Labels[0]");
        new SetItemSharingValidator().ShouldBeInvalid(new SetItemSharing("client-1", "dx-1", "nobody"), "Level");
        new SetGoalValidator().ShouldBeInvalid(new SetGoal("client-1", "goal-1", ""), "Text");
    }
}
