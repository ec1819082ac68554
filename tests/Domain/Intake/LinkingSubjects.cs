using Clinic.Contracts;
using Clinic.Contracts.Access;
using Clinic.Contracts.Intake;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Intake;

using Clinic.Intake.Domain; // inside, so that stored events win over the public ones of the same name

public class LinkingSubjects
{
    private const string Issuer = "https://id.example/realms/north";
    private static readonly string Hash = SubjectHash.Of(Issuer, "sub-1");
    private static readonly LinkSubject ToClient = new(Issuer, "sub-1", ClientId: "client-1");
    private static readonly LinkSubject ToTherapist = new(Issuer, "sub-1", PractitionerId: "ther-1");
    private static readonly UnlinkSubject Unlink = new(Issuer, "sub-1");
    private static readonly ReportCredentialCompromise Report = new(Issuer, "sub-1");

    private static LinkFacts Known => new(Spec.Operator, Spec.Fold<Client>(Sample.Registered));

    [Fact]
    public void a_registered_client_is_linked_by_hash() => Spec.Given<Subject>()
        .When(ToClient, LinkSubjectAggregateHandler.Handle, Known).Then(new SubjectLinked(Hash, ClientId: "client-1"));

    [Fact]
    public void a_practitioner_is_linked() => Spec.Given<Subject>()
        .When(ToTherapist, LinkSubjectAggregateHandler.Handle, new LinkFacts(Spec.Operator, null)).Then(new SubjectLinked(Hash, PractitionerId: "ther-1"));

    [Fact]
    public void nobody_is_linked_to_a_client_that_is_not_registered() => Spec.Given<Subject>()
        .When(ToClient, LinkSubjectAggregateHandler.Handle, new LinkFacts(Spec.Operator, null)).ThenViolates("client_unknown", "clientId");

    [Fact]
    public void the_same_link_again_changes_nothing() => Spec.Given<Subject>(new SubjectLinked(Hash, ClientId: "client-1"))
        .When(ToClient, LinkSubjectAggregateHandler.Handle, Known).ThenNothing();

    [Fact]
    public void another_link_must_first_be_taken_back()
    {
        Spec.Given<Subject>(new SubjectLinked(Hash, ClientId: "client-2"))
            .When(ToClient, LinkSubjectAggregateHandler.Handle, Known).ThenViolates("subject_linked", "subject");
        Spec.Given<Subject>(new SubjectLinked(Hash, ClientId: "client-2"))
            .When(Unlink, UnlinkSubjectAggregateHandler.Handle, Spec.Operator).Then(new SubjectUnlinked(Hash, ClientId: "client-2"));
        Spec.Given<Subject>(new SubjectLinked(Hash, ClientId: "client-2"), new SubjectUnlinked(Hash, ClientId: "client-2"))
            .When(ToClient, LinkSubjectAggregateHandler.Handle, Known).Then(new SubjectLinked(Hash, ClientId: "client-1"));
    }

    [Fact]
    public void taking_back_what_is_not_there_changes_nothing() => Spec.Given<Subject>()
        .When(Unlink, UnlinkSubjectAggregateHandler.Handle, Spec.Operator).ThenNothing();

    [Fact]
    public void a_compromise_of_anybody_is_recorded_each_time()
    {
        Spec.Given<Subject>().When(Report, ReportCredentialCompromiseAggregateHandler.Handle, Spec.Operator).Then(new CredentialCompromised(Hash, Spec.Now));
        Spec.Given<Subject>(new CredentialCompromised(Hash, Spec.Now.AddDays(-1)))
            .When(Report, ReportCredentialCompromiseAggregateHandler.Handle, Spec.Operator).Then(new CredentialCompromised(Hash, Spec.Now));
    }

    [Fact]
    public void only_an_operator_says_who_logs_in_as_whom()
    {
        foreach (var by in new[] { Spec.Therapist, Spec.ClientActor, Spec.Ehr, Spec.Service })
        {
            Spec.Given<Subject>().When(ToClient, LinkSubjectAggregateHandler.Handle, Known with { By = by }).ThenViolates("role_not_permitted");
            Spec.Given<Subject>().When(Unlink, UnlinkSubjectAggregateHandler.Handle, by).ThenViolates("role_not_permitted");
            Spec.Given<Subject>().When(Report, ReportCredentialCompromiseAggregateHandler.Handle, by).ThenViolates("role_not_permitted");
        }
    }

    [Fact]
    public void no_subject_is_in_any_event() =>
        Spec.Json(new SubjectLinked(Hash, ClientId: "client-1")).ShouldNotContain("sub-1");

    [Fact]
    public void the_hash_is_the_one_that_is_documented() =>
        // printf 'https://id.example/realms/north\0sub-1' | sha256sum
        Hash.ShouldBe("0f1923978f3de40c256b79f886f21a348361fd31409186cfb2734c189362e419");

    [Fact]
    public void every_bad_field_is_named()
    {
        var validator = new LinkSubjectValidator();
        validator.Validate(ToClient).IsValid.ShouldBeTrue();
        validator.Validate(ToTherapist).IsValid.ShouldBeTrue();
        validator.ShouldBeInvalid(ToClient with { Issuer = "north" }, "Issuer");
        validator.ShouldBeInvalid(ToClient with { Subject = "" }, "Subject");
        validator.ShouldBeInvalid(ToClient with { Subject = new string('x', 256) }, "Subject");
        validator.ShouldBeInvalid(ToClient with { Subject = "ü" }, "Subject");
        validator.ShouldBeInvalid(ToClient with { ClientId = "Client 1" }, "ClientId");
        validator.ShouldBeInvalid(ToClient with { PractitionerId = "ther-1" }, "PractitionerId");
        validator.ShouldBeInvalid(ToClient with { ClientId = null }, "PractitionerId");
        new UnlinkSubjectValidator().ShouldBeInvalid(Unlink with { Issuer = "" }, "Issuer");
        new ReportCredentialCompromiseValidator().ShouldBeInvalid(Report with { Subject = "a\nb" }, "Subject");
    }
}
