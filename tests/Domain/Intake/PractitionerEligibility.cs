using Clinic.Contracts;
using Clinic.Contracts.Intake;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Intake;

using Clinic.Intake.Domain; // inside, so that stored events win over the public ones of the same name

/// <summary>Jurisdiction and instant: the licence must cover where the client is when the service is given.</summary>
public class PractitionerEligibility
{
    private static readonly CompactAuthority Psypact = new("psypact", ["apit", "e-passport"], ["US-AZ", "US-CO"]);
    private static readonly LicenceVerified Utah = Sample.Licence with { Jurisdiction = "US-UT", Compact = Psypact };
    private static readonly CompetenceAttested Attested = new("ther-1", "online-therapy", "sup-1", Spec.Now.AddDays(-90), Spec.Now.AddDays(30));

    private static IReadOnlyList<string> Reasons(string place, DateTimeOffset at, params object[] events) =>
        Eligibility.Of(Spec.Fold<Practitioner>(events)!, place, at, []).Reasons;

    [Theory]
    [InlineData("GB", null)]
    [InlineData("GB-SCT", null)]
    [InlineData("IE", "licence-missing")]
    [InlineData("GBX", "licence-missing")]
    public void a_countrys_licence_reaches_its_subdivisions_and_nothing_else(string place, string? reason) =>
        Reasons(place, Spec.Now, Sample.Licence).ShouldBe(reason is null ? [] : [reason]);

    [Fact]
    public void a_subdivisions_licence_does_not_reach_the_country() => Reasons("GB", Spec.Now, Sample.Licence with { Jurisdiction = "GB-SCT" }).ShouldBe(["licence-missing"]);

    [Fact]
    public void what_held_at_an_instant_is_what_the_check_before_it_said()
    {
        var renewed = Sample.Licence with { CheckedAt = Spec.Now, ExpiresAt = Spec.Now.AddYears(3) };
        Reasons("GB", Sample.Licence.CheckedAt.AddTicks(-1), Sample.Licence, renewed).ShouldBe(["licence-missing"]);
        Reasons("GB", Sample.Licence.CheckedAt, Sample.Licence, renewed).ShouldBeEmpty();
        Reasons("GB", Spec.Now.AddYears(2), Sample.Licence).ShouldBe(["licence-expired"]);
        Reasons("GB", Spec.Now.AddYears(2), Sample.Licence, renewed).ShouldBeEmpty();
    }

    [Fact]
    public void a_compact_reaches_its_members_and_ends_with_the_home_licence()
    {
        Reasons("US-CO", Spec.Now, Utah).ShouldBeEmpty();
        Reasons("US-CA", Spec.Now, Utah).ShouldBe(["licence-missing"]);
        Reasons("US-CO", Spec.Now, Utah, new LicenceLapsed("ther-1", "US-UT", Spec.Now, "not-renewed", "op-1")).ShouldBe(["licence-lapsed"]);
    }

    [Fact]
    public void psypact_needs_both_credentials()
    {
        var command = new VerifyLicence("ther-1", "clinical-psychologist", "PYL-1", "US-UT", "psypact-directory", Spec.Now.AddYears(1), Psypact with { Credentials = ["apit"] });
        Spec.Given<Practitioner>().When(command, VerifyLicenceAggregateHandler.Handle, Spec.Operator).ThenViolates("compact_credential_missing", "compact.credentials");
        Spec.Given<Practitioner>().When(command with { Compact = Psypact }, VerifyLicenceAggregateHandler.Handle, Spec.Operator)
            .Then(Utah with { Source = "psypact-directory", CheckedAt = Spec.Now });
        new VerifyLicenceValidator().ShouldBeInvalid(command with { Compact = Psypact with { Jurisdictions = ["Colorado"] } }, "Compact.Jurisdictions[0]");
    }

    [Fact]
    public void a_competence_that_ran_out_fails_eligibility_until_attested_anew()
    {
        var later = Attested.ExpiresAt;
        Reasons("GB", later.AddTicks(-1), Sample.Licence, Attested).ShouldBeEmpty();
        Reasons("GB", later, Sample.Licence, Attested).ShouldBe(["competence-expired:online-therapy"]);
        Reasons("GB", later, Sample.Licence, Attested, Attested with { AttestedAt = later, ExpiresAt = later.AddYears(1) }).ShouldBeEmpty();
        Spec.Given<Client>(Sample.Registered, Sample.Plan)
            .When(Sample.Online, DecideSuitabilityAggregateHandler.Handle, Sample.Deciding(Spec.Fold<Practitioner>(Sample.Licence, Attested)), later).ThenViolates("competence_expired");
    }

    [Fact]
    public void a_topic_the_clinic_requires_must_have_been_attested() =>
        Eligibility.Of(Spec.Fold<Practitioner>(Sample.Licence)!, "GB", Spec.Now, ["online-therapy"]).Reasons.ShouldBe(["competence-missing:online-therapy"]);

    [Fact]
    public void a_supervisor_attests_somebody_else()
    {
        var command = new AttestCompetence("ther-1", "online-therapy", Spec.Now.AddYears(1));
        var attested = new CompetenceAttested("ther-1", "online-therapy", "sup-1", Spec.Now, command.ExpiresAt);
        Spec.Given<Practitioner>().When(command, AttestCompetenceAggregateHandler.Handle, Sample.Supervisor).Then(attested);
        Spec.Given<Practitioner>(attested).When(command, AttestCompetenceAggregateHandler.Handle, Sample.Supervisor).ThenNothing();
        Spec.Given<Practitioner>().When(command with { PractitionerId = "sup-1" }, AttestCompetenceAggregateHandler.Handle, Sample.Supervisor).ThenViolates("own_approval");
        Spec.Given<Practitioner>().When(command, AttestCompetenceAggregateHandler.Handle, Spec.Therapist).ThenViolates("role_not_permitted");
        Spec.Given<Practitioner>().When(command with { ExpiresAt = Spec.Now }, AttestCompetenceAggregateHandler.Handle, Sample.Supervisor).ThenViolates("expired", "expiresAt");
        new AttestCompetenceValidator().ShouldBeInvalid(command with { Topic = "all of it" }, "Topic");
    }

    [Fact]
    public void a_supervisor_answers_for_a_peer()
    {
        var command = new ApprovePeer("peer-1", ["self-guided-coaching"], Sample.NextYear);
        var approved = new PeerSupporterApproved("peer-1", command.Scope, "sup-1", Sample.NextYear);
        Spec.Given<Practitioner>().When(command, ApprovePeerAggregateHandler.Handle, Sample.Supervisor).Then(approved);
        Spec.Given<Practitioner>(approved).When(command, ApprovePeerAggregateHandler.Handle, Sample.Supervisor).ThenNothing();
        Spec.Given<Practitioner>().When(command with { PractitionerId = "sup-1" }, ApprovePeerAggregateHandler.Handle, Sample.Supervisor).ThenViolates("own_approval");
        Spec.Given<Practitioner>().When(command with { ReviewBy = new DateOnly(2026, 3, 1) }, ApprovePeerAggregateHandler.Handle, Sample.Supervisor).ThenViolates("review_in_past");
        new ApprovePeerValidator().ShouldBeInvalid(command with { Scope = [] }, "Scope");
        new ApprovePeerValidator().Validate(command).IsValid.ShouldBeTrue();
    }
}
