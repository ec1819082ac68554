using Clinic.Contracts.Consent;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Consent;

using Clinic.Consent.Domain;

public sealed class RegisteringRecipients
{
    private const string PublicKey = """{"kty":"EC","crv":"P-256","x":"eA","y":"eQ"}""";
    private static readonly RegisterRecipient Register =
        new("harbour", "Harbour Clinic", "1 Quay Street", "north.harbour");
    private readonly RegisterRecipientValidator validator = new();

    [Fact]
    public void an_operator_registers_a_recipient() =>
        Spec.Given<Recipient>().When(Register, RegisterRecipientAggregateHandler.Handle, Spec.Operator)
            .Then(Some.HarbourRegistered);

    [Fact]
    public void registering_twice_changes_nothing() =>
        Spec.Given<Recipient>(Some.HarbourRegistered)
            .When(Register, RegisterRecipientAggregateHandler.Handle, Spec.Operator).ThenNothing();

    [Fact]
    public void a_new_key_is_a_new_event() =>
        Spec.Given<Recipient>(Some.HarbourRegistered)
            .When(Register with { PublicKey = PublicKey }, RegisterRecipientAggregateHandler.Handle, Spec.Operator)
            .Then(Some.HarbourRegistered with { PublicKey = PublicKey });

    [Fact]
    public void nobody_else_registers_recipients()
    {
        foreach (var by in new[] { Spec.Ehr, Spec.Therapist, Spec.ClientActor, Spec.Service })
            Spec.Given<Recipient>().When(Register, RegisterRecipientAggregateHandler.Handle, by)
                .ThenViolates("role_not_permitted");
    }

    [Fact]
    public void every_field_is_checked_by_name()
    {
        validator.Validate(Register with { PublicKey = PublicKey }).IsValid.ShouldBeTrue();
        validator.ShouldBeInvalid(Register with { RecipientId = "" }, "RecipientId");
        validator.ShouldBeInvalid(Register with { Name = "" }, "Name");
        validator.ShouldBeInvalid(Register with { Name = new string('x', 201) }, "Name");
        validator.ShouldBeInvalid(Register with { Address = " " }, "Address");
        validator.ShouldBeInvalid(Register with { Address = new string('x', 501) }, "Address");
        validator.ShouldBeInvalid(Register with { BusUser = "harbour" }, "BusUser");
        validator.ShouldBeInvalid(Register with { BusUser = "north.east.harbour" }, "BusUser");
        validator.ShouldBeInvalid(Register with { BusUser = null! }, "BusUser");
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("""{"kty":1}""")]
    [InlineData("""{"kty":"oct","k":"c2VjcmV0"}""")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"eA","y":"eQ","d":"c2VjcmV0"}""")]
    public void only_a_public_key_is_taken(string key) =>
        validator.ShouldBeInvalid(Register with { PublicKey = key }, "PublicKey");
}
