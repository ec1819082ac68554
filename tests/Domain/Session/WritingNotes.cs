using Clinic.Contracts;
using Clinic.Contracts.Session;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Session;

using Clinic.Session.Domain;

public sealed class WritingNotes
{
    private static readonly DraftNote Write = new(
        "note-1", Some.Client, NoteKinds.Progress, "Slept better.", ["MH"], "ses-1", Some.Tomorrow,
        Some.Tomorrow.AddMinutes(48));

    private static readonly NoteDrafted Drafted = new(
        "note-1", Some.Client, "ther-1", ["MH"], "Slept better.", "ses-1", Some.Tomorrow, Some.Tomorrow.AddMinutes(48));

    private static readonly TherapySession Session =
        Spec.Fold<TherapySession>(Some.Scheduled, Some.Started, Some.Ended)!;

    private static readonly NoteFacts Licensed =
        new(Spec.Therapist, "salt", Spec.Fold<Licences>(Some.Licence), Session);

    private static readonly NoteFacts Trainee = Licensed with { Licences = null };
    private static readonly SignNote Sign = new("note-1", NoteKinds.Progress);

    private static readonly NoteSigned Signed = new(
        "note-1", Some.Client, NoteKinds.Progress, "ther-1", Hash("Slept better."), false, Some.Now, "salt", "ses-1");

    private static readonly ForStream Documented =
        Some.ToSession("ses-1", new SessionDocumented("ses-1", Some.Client, "note-1"));

    private static string Hash(string text) => Convert.ToHexStringLower(
        System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes("salt\n" + text)));

    [Fact]
    public void a_note_is_drafted_and_drafted_anew_until_it_is_signed()
    {
        Spec.Given<ClinicalNote>().When(Write, DraftNoteAggregateHandler.Handle, Spec.Therapist).Then(Drafted);
        Spec.Given<ClinicalNote>(Drafted).When(Write with { Text = "Anew" }, DraftNoteAggregateHandler.Handle, Spec.Therapist)
            .Then(Drafted with { Text = "Anew" });
        Spec.Given<ClinicalNote>(Drafted, Signed).When(Write, DraftNoteAggregateHandler.Handle, Spec.Therapist)
            .ThenViolates("note_signed", "noteId");
        Spec.Given<ClinicalNote>(Drafted)
            .When(Write, DraftNoteAggregateHandler.Handle, Spec.Therapist with { Id = "ther-2" })
            .ThenViolates("note_exists", "noteId");
    }

    [Fact]
    public void signed_it_documents_its_session()
    {
        Spec.Given<ClinicalNote>(Drafted).When(Sign, SignNoteAggregateHandler.Handle, Licensed).Then(Signed, Documented);
        Spec.Given<ClinicalNote>(Drafted, Signed).When(Sign, SignNoteAggregateHandler.Handle, Licensed).ThenNothing();
        Spec.Given<ClinicalNote>(Drafted)
            .When(Sign, SignNoteAggregateHandler.Handle, Licensed with { By = Spec.Therapist with { Id = "ther-2" } })
            .ThenViolates("not_the_author", "noteId");
    }

    [Fact, Trait("Scenario", "T16")]
    public void a_progress_note_without_start_or_stop_is_not_signed()
    {
        Spec.Given<ClinicalNote>(Drafted with { StartedAt = null })
            .When(Sign, SignNoteAggregateHandler.Handle, Licensed).ThenViolates("note_times_missing", "startedAt");
        Spec.Given<ClinicalNote>(Drafted with { EndedAt = null })
            .When(Sign, SignNoteAggregateHandler.Handle, Licensed).ThenViolates("note_times_missing", "endedAt");
    }

    [Fact, Trait("Scenario", "T15")]
    public void an_amendment_keeps_what_was_signed_before()
    {
        var amended = new NoteAmended(
            "note-1", Some.Client, "ther-1", Signed.ContentHash, Hash("Slept worse."), false, Some.Tomorrow,
            "Slept worse.", "Misheard", "salt");
        var amend = new AmendNote("note-1", NoteKinds.Progress, "Slept worse.", "Misheard");
        Spec.Given<ClinicalNote>(Drafted, Signed)
            .When(amend, AmendNoteAggregateHandler.Handle, Licensed, Some.Tomorrow).Then(amended);
        Spec.Given<ClinicalNote>(Drafted).When(amend, AmendNoteAggregateHandler.Handle, Licensed)
            .ThenViolates("note_not_signed", "noteId");
        var note = Spec.Fold<ClinicalNote>(Drafted, Signed, amended)!;
        note.Texts.Select(text => (text.ContentHash, text.Text.Value))
            .ShouldBe([(Signed.ContentHash, "Slept better."), (amended.ContentHash, "Slept worse.")]);
    }

    [Fact]
    public void who_holds_no_licence_needs_a_colleague_who_does()
    {
        var pending = Signed with { CosignatureNeeded = true };
        Spec.Given<ClinicalNote>(Drafted).When(Sign, SignNoteAggregateHandler.Handle, Trainee).Then(pending, Documented);
        var cosign = new CosignNote("note-1", NoteKinds.Progress);
        var colleague = Licensed with { By = new Actor("ther-2", Roles.Supervisor, "north") };
        Spec.Given<ClinicalNote>(Drafted, pending).When(cosign, CosignNoteAggregateHandler.Handle, colleague)
            .Then(new NoteCosigned("note-1", Some.Client, "ther-2", Signed.ContentHash));
        Spec.Given<ClinicalNote>(Drafted, pending)
            .When(cosign, CosignNoteAggregateHandler.Handle, colleague with { Licences = null })
            .ThenViolates("licence_missing");
        Spec.Given<ClinicalNote>(Drafted, pending).When(cosign, CosignNoteAggregateHandler.Handle, Licensed)
            .ThenViolates("own_note", "noteId");
        Spec.Given<ClinicalNote>(Drafted, Signed).When(cosign, CosignNoteAggregateHandler.Handle, colleague).ThenNothing();
    }

    [Fact]
    public void a_psychotherapy_note_is_kept_apart_and_is_never_the_only_record()
    {
        var write = Write with { Kind = NoteKinds.Psychotherapy, StartedAt = null, EndedAt = null };
        var drafted = new PsychotherapyNoteDrafted(
            "note-1", Some.Client, "ther-1", ["MH", "PSYTHPN"], "Slept better.", "ses-1");
        Spec.Given<ClinicalNote>().When(write, DraftNoteAggregateHandler.Handle, Spec.Therapist).Then(drafted);
        ClinicalNote.StreamId(NoteKinds.Psychotherapy, "note-1").ShouldNotBe(ClinicalNote.StreamId(NoteKinds.Progress, "note-1"));
        typeof(PsychotherapyNoteDrafted).GetCustomAttributes(typeof(SubjectAttribute), false)
            .ShouldHaveSingleItem().ShouldBeOfType<SubjectAttribute>().DataClass.ShouldBe(DataClasses.PsychotherapyNotes);
        var sign = new SignNote("note-1", NoteKinds.Psychotherapy);
        Spec.Given<ClinicalNote>(drafted).When(sign, SignNoteAggregateHandler.Handle, Licensed)
            .ThenViolates("progress_note_first", "sessionId");
        var documented = Session.Apply(new SessionDocumented("ses-1", Some.Client, "note-0"));
        Spec.Given<ClinicalNote>(drafted)
            .When(sign, SignNoteAggregateHandler.Handle, Licensed with { Session = documented })
            .Then(Signed with { Kind = NoteKinds.Psychotherapy });
        new DraftNoteValidator().ShouldBeInvalid(Write with { Kind = NoteKinds.Psychotherapy }, "StartedAt");
    }

    [Fact, Trait("Scenario", "T18")]
    public void asking_for_somebody_elses_psychotherapy_note_is_on_record()
    {
        var drafted = new PsychotherapyNoteDrafted("note-1", Some.Client, "ther-1", ["PSYTHPN"], "Mine");
        var ask = new DenyPsychotherapyNote("note-1");
        Spec.Given<ClinicalNote>(drafted)
            .When(ask, DenyPsychotherapyNoteAggregateHandler.Handle, Spec.Therapist with { Id = "ther-2" })
            .Then(new PsychotherapyNoteDenied("note-1", Some.Client, "ther-2", Roles.Therapist));
        Spec.Given<ClinicalNote>(drafted).When(ask, DenyPsychotherapyNoteAggregateHandler.Handle, Spec.Therapist)
            .ThenNothing();
    }

    [Fact]
    public void what_was_never_signed_is_its_authors_alone_even_when_it_is_marked_as_wrong()
    {
        var wrong = new NoteEnteredInError("note-1", Some.Client, "ther-1", "Another client");
        foreach (var note in new[] { Spec.Fold<ClinicalNote>(Drafted)!, Spec.Fold<ClinicalNote>(Drafted, wrong)! })
        {
            note.ShownTo("ther-1")!.Draft!.Value.ShouldBe("Slept better.");
            note.ShownTo("ther-2").ShouldBeNull();
            note.ShownTo(Some.Client).ShouldBeNull();
        }
        var signed = Spec.Fold<ClinicalNote>(Drafted, Signed, wrong)!.ShownTo(Some.Client)!;
        (signed.Draft, signed.Texts.Length).ShouldBe((null, 1));
    }

    [Fact]
    public void what_should_not_have_been_written_is_marked_and_stays()
    {
        var wrong = new NoteEnteredInError("note-1", Some.Client, "ther-1", "Another client");
        Spec.Given<ClinicalNote>(Drafted, Signed)
            .When(
                new EnterNoteInError("note-1", NoteKinds.Progress, "Another client"),
                EnterNoteInErrorAggregateHandler.Handle, InError(null))
            .Then(wrong);
        Spec.Fold<ClinicalNote>(Drafted, Signed, wrong)!.Texts.ShouldHaveSingleItem();

        // and its session is not documented any more, unless another note does that
        var documented = new SessionDocumented("ses-1", Some.Client, "note-1");
        var undocumented = new SessionUndocumented("ses-1", Some.Client, "note-1", "ther-1");
        var session = Spec.Fold<TherapySession>(Some.Scheduled, Some.Started, documented)!;
        var mark = new EnterNoteInError("note-1", NoteKinds.Progress, "Another client");
        Spec.Given<ClinicalNote>(Drafted, Signed).When(mark, EnterNoteInErrorAggregateHandler.Handle, InError(session))
            .Then(wrong, Some.ToSession("ses-1", undocumented));
        Spec.Given<ClinicalNote>(Drafted, Signed)
            .When(mark, EnterNoteInErrorAggregateHandler.Handle, InError(session.Apply(documented with { NoteId = "note-2" }))).Then(wrong);
        session.Apply(undocumented).DocumentedBy.ShouldBeNull();
    }

    private static NoteFacts InError(TherapySession? session) => new(Spec.Therapist, "salt", null, session);

    [Fact]
    public void a_draft_saved_again_unchanged_says_nothing_new()
    {
        var again = new DraftNote("note-1", Drafted.ClientId, NoteKinds.Progress, Drafted.Text.Value!, Drafted.Labels, Drafted.SessionId, Drafted.StartedAt, Drafted.EndedAt);
        Spec.Given<ClinicalNote>(Drafted).When(again, DraftNoteAggregateHandler.Handle, Spec.Therapist).ThenNothing();
        Spec.Given<ClinicalNote>(Drafted).When(again with { Labels = ["MH", "SUD"] }, DraftNoteAggregateHandler.Handle, Spec.Therapist)
            .Events.ShouldHaveSingleItem();
    }
}
