using Clinic.Contracts;
using Clinic.Contracts.Intake;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Intake;

using Clinic.Intake.Domain; // inside, so that stored events win over the public ones of the same name

public class ProofingIdentities
{
    private static readonly ProofIdentity Command =
        new("client-1", "proof-1", IdentityLevels.Ial2, ProofingMethods.RemoteUnattended, "evidence-1", Spec.Now.AddYears(1));
    private static readonly IdentityProofed Proofed =
        new("client-1", "proof-1", IdentityLevels.Ial2, ProofingMethods.RemoteUnattended, "evidence-1", Spec.Now.AddYears(1));
    private static readonly ProofIdentity Failure = Command with { EvidenceRef = null, ExpiresAt = null, FailureReason = "evidence-expired" };

    [Fact]
    public void an_operator_records_what_came_of_it()
    {
        Spec.Given<Client>(Sample.Registered).When(Command, ProofIdentityAggregateHandler.Handle, Spec.Operator).Then(Proofed);
        Spec.Given<Client>(Sample.Registered).When(Failure, ProofIdentityAggregateHandler.Handle, Spec.Operator)
            .Then(new IdentityProofingFailed("client-1", "proof-1", "ial2", "remote-unattended", "evidence-expired"));
    }

    [Fact]
    public void told_twice_is_one_proofing_and_another_under_its_id_is_refused()
    {
        Spec.Given<Client>(Sample.Registered, Proofed).When(Command, ProofIdentityAggregateHandler.Handle, Spec.Operator).ThenNothing();
        Spec.Given<Client>(Sample.Registered, Proofed).When(Failure, ProofIdentityAggregateHandler.Handle, Spec.Operator).ThenViolates("proofing_exists", "proofingId");
    }

    [Fact]
    public void a_failure_takes_nothing_away_and_a_level_ends_at_its_expiry()
    {
        var client = Spec.Fold<Client>(Sample.Registered, Proofed, new IdentityProofingFailed("client-1", "proof-2", "ial3", "onsite-attended", "no-show"))!;
        client.Identity.LevelAt(Spec.Now).ShouldBe("ial2");
        client.Identity.LevelAt(Proofed.ExpiresAt).ShouldBe("none");
    }

    [Fact]
    public void the_highest_level_is_attended() => Spec.Given<Client>(Sample.Registered)
        .When(Command with { Level = IdentityLevels.Ial3 }, ProofIdentityAggregateHandler.Handle, Spec.Operator).ThenViolates("method_too_weak", "method");

    [Fact]
    public void who_stays_anonymous_is_not_proofed() => Spec.Given<Client>(Sample.Registered with { IdentityMode = IdentityModes.Anonymous })
        .When(Command, ProofIdentityAggregateHandler.Handle, Spec.Operator).ThenViolates("client_anonymous");

    [Fact]
    public void clients_and_therapists_proof_nobody()
    {
        foreach (var by in new[] { Spec.ClientActor, Spec.Therapist, Spec.Ehr, Spec.Service })
            Spec.Given<Client>(Sample.Registered).When(Command, ProofIdentityAggregateHandler.Handle, by).ThenViolates("role_not_permitted");
    }

    [Fact]
    public void what_has_expired_says_nothing() => Spec.Given<Client>(Sample.Registered)
        .When(Command with { ExpiresAt = Spec.Now }, ProofIdentityAggregateHandler.Handle, Spec.Operator).ThenViolates("expired", "expiresAt");

    [Fact]
    public void an_identity_goes_into_escrow_after_it_was_proofed()
    {
        var command = new LinkPseudonym("client-1", "register-7", "therapist-supported");
        var linked = new PseudonymLinked("client-1", "register-7", "op-1", "therapist-supported");
        Spec.Given<Client>(Sample.Registered, Proofed).When(command, LinkPseudonymAggregateHandler.Handle, Spec.Operator).Then(linked);
        Spec.Given<Client>(Sample.Registered, Proofed, linked).When(command, LinkPseudonymAggregateHandler.Handle, Spec.Operator).ThenNothing();
        Spec.Given<Client>(Sample.Registered).When(command, LinkPseudonymAggregateHandler.Handle, Spec.Operator).ThenViolates("identity_not_proofed");
        Spec.Given<Client>(Sample.Registered, Proofed).When(command, LinkPseudonymAggregateHandler.Handle, Spec.Therapist).ThenViolates("role_not_permitted");
        new LinkPseudonymValidator().ShouldBeInvalid(command with { IdentityRef = "Anna Roe" }, "IdentityRef");
    }

    [Fact]
    public void every_bad_field_is_named()
    {
        var validator = new ProofIdentityValidator();
        validator.Validate(Command).IsValid.ShouldBeTrue();
        validator.Validate(Failure).IsValid.ShouldBeTrue();
        validator.ShouldBeInvalid(Command with { Level = "none" }, "Level");
        validator.ShouldBeInvalid(Command with { Method = "phone" }, "Method");
        validator.ShouldBeInvalid(Command with { EvidenceRef = null }, "EvidenceRef");
        validator.ShouldBeInvalid(Command with { ExpiresAt = null }, "ExpiresAt");
        validator.ShouldBeInvalid(Failure with { EvidenceRef = "evidence-1" }, "EvidenceRef");
        validator.ShouldBeInvalid(Failure with { FailureReason = "did not come" }, "FailureReason");
    }
}
