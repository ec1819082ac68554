using Clinic.Contracts.Consent;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Session;

using Clinic.Session.Domain;

/// <summary>
/// Consent's events may come repeated and in any order; what this service believes must not depend on it.
/// </summary>
public sealed class SessionProperties
{
    // A directive's history as consent publishes it: granted at 2, withdrawn at 3, brought forward at 4.
    private static readonly Gen<NoteConsent> AnyNote =
        from directive in Gen.Elements("a", "b")
        from version in Gen.Choose(2, 4)
        select new NoteConsent(
            Some.Client, directive, version, version == 2 ? ConsentNoted.Granted : ConsentNoted.Withdrawn,
            [Some.Treatment, Some.Video], "consent", version, version == 2 ? Some.Now : null, null,
            version == 2 ? null : Some.Now.AddHours(10 - version));

    private static readonly Arbitrary<NoteConsent[]> AnyNotes =
        AnyNote.NonEmptyListOf().Select(notes => notes.ToArray()).ToArbitrary();

    private static ClientCare? Run(IEnumerable<NoteConsent> notes, params object[] before)
    {
        var events = before.ToList();
        foreach (var note in notes)
            events.AddRange(NoteConsentAggregateHandler
                .Handle(note, Spec.Fold<ClientCare>([.. events]), new WithdrawalFacts(Spec.Service, []), Some.Now)
                .Where(happened => happened is not Clinic.Contracts.ForStream));
        return Spec.Fold<ClientCare>([.. events]);
    }

    [Fact, Trait("Scenario", "T27")]
    public void notes_in_any_order_with_repeats_end_at_the_highest_version() =>
        Prop.ForAll(AnyNotes, notes =>
        {
            var care = Run(notes)!;
            foreach (var directive in notes.GroupBy(note => note.DirectiveId))
            {
                var highest = directive.MaxBy(note => note.DirectiveVersion)!;
                var believed = care.Consent(directive.Key)!;
                believed.DirectiveVersion.ShouldBe(highest.DirectiveVersion);
                believed.Status.ShouldBe(highest.Status);
                believed.WithdrawnFrom.ShouldBe(highest.EffectiveAt);
            }
        }).QuickCheckThrowOnFailure();

    [Fact, Trait("Scenario", "T26")]
    public void hearing_everything_again_changes_nothing() =>
        Prop.ForAll(AnyNotes, notes => Spec.Json(Run(notes)) == Spec.Json(Run([.. notes, .. notes])))
            .QuickCheckThrowOnFailure();

    [Fact, Trait("Scenario", "T27")]
    public void no_order_permits_more_than_the_true_order() =>
        Prop.ForAll(AnyNotes, Gen.Choose(-60, 1000).ToArbitrary(), (notes, minute) =>
        {
            var instant = Some.Now.AddMinutes(minute);
            var inOrder = Run(notes.OrderBy(note => note.DirectiveVersion))!;
            return Run(notes)!.Treatment(instant) is null || inOrder.Treatment(instant) is not null;
        }).QuickCheckThrowOnFailure();

    [Fact, Trait("Scenario", "T24")]
    public void no_session_stays_listed_without_the_consent_it_rests_on() =>
        Prop.ForAll(AnyNotes, Gen.Choose(0, 1000).ToArbitrary(), (notes, minute) =>
        {
            var startsAt = Some.Now.AddMinutes(minute);
            var consent = Some.Consent with { DirectiveId = "a", DirectiveVersion = 1 };
            var care = Run(notes, consent, Some.Listed with { StartsAt = startsAt })!;
            return care.Session("ses-1") is null || care.Treatment(startsAt) is not null;
        }).QuickCheckThrowOnFailure();
}
