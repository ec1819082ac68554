using Clinic.Contracts.Consent;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Consent;

using Clinic.Consent.Domain;

public sealed class ScopesOfConsent
{
    private readonly ConsentScopeValidator validator = new();

    [Theory]
    [InlineData(ScopeKinds.Modality)]
    [InlineData(ScopeKinds.Platform)]
    [InlineData(ScopeKinds.Research)]
    public void some_kinds_need_a_value(string kind)
    {
        validator.ShouldBeInvalid(new(kind), "Value");
        validator.ShouldBeInvalid(new(kind, "Not A Code"), "Value");
        validator.Validate(new ConsentScope(kind, "a-code")).IsValid.ShouldBeTrue();
    }

    [Theory]
    [InlineData(ScopeKinds.Treatment)]
    [InlineData(ScopeKinds.Recording)]
    [InlineData(ScopeKinds.LegalProceedings)]
    public void the_others_take_none(string kind)
    {
        validator.ShouldBeInvalid(new(kind, "video"), "Value");
        validator.Validate(new ConsentScope(kind)).IsValid.ShouldBeTrue();
    }

    [Fact]
    public void only_a_disclosure_scope_has_a_disclosure_and_it_must()
    {
        validator.ShouldBeInvalid(new(ScopeKinds.Disclosure), "Disclosure");
        validator.ShouldBeInvalid(new(ScopeKinds.Treatment, Disclosure: Some.ToHarbour), "Disclosure");
        validator.Validate(Some.Sharing).IsValid.ShouldBeTrue();
    }

    [Theory]
    [InlineData(ScopeKinds.PsychotherapyNotes)]
    [InlineData(ScopeKinds.SudCounselingNotes)]
    [InlineData(ScopeKinds.LegalProceedings)]
    public void notes_and_proceedings_may_name_to_whom_and_forbid_nothing(string kind)
    {
        validator.Validate(new ConsentScope(kind, Disclosure: Some.ToHarbour)).IsValid.ShouldBeTrue();
        validator.ShouldBeInvalid(new(kind, Disclosure: Some.ToHarbour with { Effect = DisclosureScope.Deny }), "Disclosure");
        validator.ShouldBeInvalid(new(kind, Disclosure: Some.ToHarbour with { Purpose = "CURIOSITY" }), "Disclosure.Purpose");
    }

    [Theory, Trait("Scenario", "T7")]
    [InlineData(ScopeKinds.SudCounselingNotes, DocumentTypes.Part2Consent)]
    [InlineData(ScopeKinds.PsychotherapyNotes, DocumentTypes.HipaaAuthorization)]
    [InlineData(ScopeKinds.LegalProceedings, DocumentTypes.Part2Consent)]
    public void they_are_granted_when_all_their_document_asks_for_is_there(string kind, string documentType)
    {
        var elements = MandatoryElements.OfText(documentType).ToArray();
        var texts = Some.Texts with { Texts = [.. Some.Texts.Texts.Select(t => t with { DocumentType = documentType, Elements = elements })] };
        Outcome Grant(ConsentScope scope, DateTimeOffset? end) => Spec.Given<ClientConsents>(Some.Proposed(scopes: scope) with { DocumentType = documentType })
            .When(new GrantConsent(Some.Client, Some.Directive, Some.Self, Some.Signature, Some.Now, end), GrantConsentAggregateHandler.Handle, new GrantFacts(Spec.ClientActor, texts));
        var scope = new ConsentScope(kind, Disclosure: Some.ToHarbour with { Purpose = "HLEGAL" });
        Grant(new(kind), Some.Now.AddYears(1)).ThenViolates("element_missing", "recipient");
        Grant(scope, null).ThenViolates("element_missing", "expiry");
        var granted = Grant(scope, Some.Now.AddYears(1)).Events.Single().ShouldBeOfType<ConsentGranted>();
        // it lets nothing of the ordinary record out
        DisclosureDecision.Evaluate(Spec.Fold<ClientConsents>(Some.Proposed(scopes: scope), granted), Some.Requested with { Purpose = "HLEGAL" }, Some.Now)
            .ReasonCode.ShouldBe("no_consent");
    }

    [Fact]
    public void every_field_of_a_disclosure_is_checked_by_name()
    {
        Invalid(Some.ToHarbour with { RecipientId = "Harbour" }, "RecipientId");
        Invalid(Some.ToHarbour with { Purpose = "CURIOSITY" }, "Purpose");
        Invalid(Some.ToHarbour with { Categories = [] }, "Categories");
        Invalid(Some.ToHarbour with { Categories = [.. Enumerable.Repeat("summaries", 21)] }, "Categories");
        Invalid(Some.ToHarbour with { Categories = ["Free text"] }, "Categories[0]");
        Invalid(Some.ToHarbour with { Categories = [null!] }, "Categories[0]");
        Invalid(Some.ToHarbour with { Sensitivity = null! }, "Sensitivity");
        Invalid(Some.ToHarbour with { Sensitivity = [.. Enumerable.Repeat("MH", 21)] }, "Sensitivity");
        Invalid(Some.ToHarbour with { Sensitivity = ["MH", "SECRET"] }, "Sensitivity[1]");
        Invalid(Some.ToHarbour with { PeriodFrom = default(DateOnly) }, "PeriodFrom");
        Invalid(Some.ToHarbour with { PeriodTo = DateOnly.MaxValue }, "PeriodTo");
        Invalid(Some.ToHarbour with { PeriodFrom = new(2026, 2, 1), PeriodTo = new(2026, 1, 31) }, "PeriodTo");
    }

    private void Invalid(DisclosureScope disclosure, string property) =>
        validator.ShouldBeInvalid(new(ScopeKinds.Disclosure, Disclosure: disclosure), $"Disclosure.{property}");
}
