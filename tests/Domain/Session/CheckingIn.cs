using Clinic.Contracts;
using Clinic.Contracts.Session;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Session;

using Clinic.Session.Domain;

public sealed class CheckingIn
{
    private static readonly CheckIn Home = new(
        "ses-1", "DE-BE", "login", PrivateSpace: true, SecureNetwork: true, EmergencyContactConfirmed: true, "At home");

    private static readonly ClientCheckedIn CheckedIn = new(
        "ses-1", Some.Client, "DE-BE", "login", true, true, true, Some.Now, StrongLogin: true, "At home");

    private static readonly CheckInFacts Facts =
        new(Spec.ClientActor, StrongLogin: true, Some.Care(Some.Listed), Spec.Fold<Licences>(Some.Licence));

    [Fact]
    public void a_client_says_where_they_are_and_what_is_around_them() =>
        Spec.Given<TherapySession>(Some.Scheduled).When(Home, CheckInAggregateHandler.Handle, Facts).Then(CheckedIn);

    [Fact, Trait("Scenario", "T39")]
    public void not_saying_where_is_recorded_as_that() =>
        Spec.Given<TherapySession>(Some.Scheduled)
            .When(Home with { Location = " ", PrivateSpace = false }, CheckInAggregateHandler.Handle, Facts)
            .Then(CheckedIn with { Location = null, PrivateSpace = false });

    [Fact]
    public void staff_may_pass_on_what_the_client_said_and_that_is_no_login_of_the_clients() =>
        Spec.Given<TherapySession>(Some.Scheduled)
            .When(Home, CheckInAggregateHandler.Handle, Facts with { By = Spec.Therapist })
            .Then(CheckedIn with { StrongLogin = false });

    [Fact, Trait("Scenario", "T38")]
    public void a_border_crossed_during_a_session_is_flagged_and_does_not_end_it()
    {
        Spec.Given<TherapySession>(Some.Scheduled, Some.Started)
            .When(Home with { Jurisdiction = "FR" }, CheckInAggregateHandler.Handle, Facts, Some.Tomorrow)
            .Then(
                CheckedIn with { Jurisdiction = "FR", CheckedInAt = Some.Tomorrow },
                new SessionFlagged(
                    "ses-1", Some.Client, CheckInAggregateHandler.LocationNotLicensed, Some.Tomorrow));
        Spec.Given<TherapySession>(Some.Scheduled, Some.Started)
            .When(Home, CheckInAggregateHandler.Handle, Facts, Some.Tomorrow)
            .Then(CheckedIn with { CheckedInAt = Some.Tomorrow });
    }

    [Fact]
    public void what_is_over_is_not_checked_into() =>
        Spec.Given<TherapySession>(Some.Scheduled, Some.Cancelled)
            .When(Home, CheckInAggregateHandler.Handle, Facts).ThenViolates("session_closed", "sessionId");

    [Fact]
    public void every_field_is_checked_by_name()
    {
        var validator = new CheckInValidator();
        validator.Validate(Home).IsValid.ShouldBeTrue();
        validator.ShouldBeInvalid(Home with { SessionId = "" }, "SessionId");
        validator.ShouldBeInvalid(Home with { Jurisdiction = "Berlin" }, "Jurisdiction");
        validator.ShouldBeInvalid(Home with { IdentityCheck = "by face!" }, "IdentityCheck");
        validator.ShouldBeInvalid(Home with { Location = new string('x', 501) }, "Location");
    }

    [Fact, Trait("Scenario", "T38")]
    public void who_is_where_the_practitioner_may_not_treat_is_offered_somebody_who_may()
    {
        var away = new CheckIn("ses-1", "US-NV", "login", true, true, true, "Room 12");
        var facts = new CheckInFacts(Spec.ClientActor, true, Some.Care(), Spec.Fold<Licences>(Some.Licence)) { Colleagues = ["ther-7"] };
        var offered = new ColleaguesOffered("ses-1", Some.Client, "US-NV", ["ther-7"]);
        object[] In(CheckIn checkIn, CheckInFacts known, params object[] given) =>
            Spec.Given<TherapySession>([Some.Scheduled, .. given]).When(checkIn, CheckInAggregateHandler.Handle, known).Events[1..];
        In(away, facts).ShouldHaveSingleItem().ShouldBeEquivalentTo(offered);
        // in the midst of a session the practitioner is told, too
        In(away, facts, Some.Started).Select(e => e.GetType()).ShouldBe([typeof(SessionFlagged), typeof(ColleaguesOffered)]);
        In(away, facts with { Colleagues = [] }).ShouldBeEmpty();
        In(away with { Jurisdiction = "DE-BE" }, facts).ShouldBeEmpty();
        In(away, facts with { Care = Some.Care(Some.Suitability with { Category = "self-guided" }) }).ShouldBeEmpty();
    }
}
