using Clinic.Contracts;
using Clinic.Contracts.Consent;
using Xunit;

namespace Clinic.Tests.Domain.Consent;

using Clinic.Consent.Domain;

/// <summary>Clinic systems ask over the bus how things stand, each about what is theirs to know.</summary>
public sealed class AskingHowThingsStand
{
    private static readonly Actor Harbour = new("north.harbour", Roles.ClinicSystem, "north");

    [Fact]
    public void a_directive_is_told_with_whether_it_holds_now()
    {
        var ask = new AskConsentStatus("ask-1", Some.Client, Some.Directive);
        Outcome Asking(DateTimeOffset now, params object[] events) => Spec.Given<StatusAnswer>()
            .When(ask, AskConsentStatusAggregateHandler.Handle, new ConsentStatusFacts(Spec.Ehr, Spec.Fold<ClientConsents>(events)), now);
        var end = Some.Now.AddDays(1);
        object[] granted = [Some.Proposed(), Some.Granted(expiresAt: end)];
        Clinic.Consent.Domain.ConsentStatusTold Told(int version, string status, bool holds, DateTimeOffset at) => new("ask-1", Some.Client, Some.Directive, version, status, holds, at);
        Asking(Some.Now, granted).Then(Told(2, "active", true, Some.Now));
        // nobody has recorded the end yet, and it counts
        Asking(end, granted).Then(Told(2, "active", false, end));
        Asking(Some.Now, [.. granted, Some.Withdrawn()]).Then(Told(3, "withdrawn", false, Some.Now));
        Asking(Some.Now).ThenViolates("directive_unknown", "directiveId");
        Spec.Given<StatusAnswer>(Told(2, "active", true, Some.Now)).When(ask, AskConsentStatusAggregateHandler.Handle, new ConsentStatusFacts(Spec.Ehr, null)).ThenNothing();
        Spec.Given<StatusAnswer>(Told(2, "active", true, Some.Now)).When(ask with { DirectiveId = "other" }, AskConsentStatusAggregateHandler.Handle, new ConsentStatusFacts(Spec.Ehr, null))
            .ThenViolates("ask_exists", "askId");
    }

    [Fact]
    public void a_request_for_records_is_told_to_who_asked_for_them()
    {
        var ask = new AskDisclosureStatus("ask-1", "disc-1");
        Outcome Asking(Actor by, params object[] events) => Spec.Given<StatusAnswer>()
            .When(ask, AskDisclosureStatusAggregateHandler.Handle, new DisclosureStatusFacts(by, events.Length == 0 ? null : Spec.Fold<Disclosure>(events)));
        Asking(Harbour, Some.Requested, Some.Permitted).Then(new Clinic.Consent.Domain.DisclosureStatusTold("ask-1", "disc-1", Some.Client, "harbour", "permitted"));
        Asking(Harbour, Some.Requested, Some.Permitted, Some.Made, new Clinic.Consent.Domain.DisclosureDeliveryFailed("disc-1", Some.Client, "harbour", "hash_differs"))
            .Then(new Clinic.Consent.Domain.DisclosureStatusTold("ask-1", "disc-1", Some.Client, "harbour", "delivery-failed"));
        Asking(Spec.Ehr, Some.Requested, Some.Permitted).ThenViolates("disclosure_unknown", "disclosureId");
        Asking(Harbour).ThenViolates("disclosure_unknown", "disclosureId");
    }
}
