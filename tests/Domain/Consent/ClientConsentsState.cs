using System.Text.Json;
using Clinic.Contracts;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Consent;

using Clinic.Consent.Domain;

public sealed class ClientConsentsState
{
    [Fact]
    public void a_directive_holds_from_its_first_instant_until_before_its_last()
    {
        var directive = Spec.Fold<ClientConsents>(
            Some.Proposed(), Some.Granted(validFrom: Some.Now, expiresAt: Some.Now.AddHours(1)))!.Find(Some.Directive)!;

        directive.IsActiveAt(Some.Now.AddTicks(-1)).ShouldBeFalse();
        directive.IsActiveAt(Some.Now).ShouldBeTrue();
        directive.IsActiveAt(Some.Now.AddHours(1).AddTicks(-1)).ShouldBeTrue();
        directive.IsActiveAt(Some.Now.AddHours(1)).ShouldBeFalse();
    }

    [Fact]
    public void a_withdrawal_ends_it_at_its_instant_and_not_before()
    {
        var directive = Spec.Fold<ClientConsents>(
            Some.Proposed(), Some.Granted(), Some.Withdrawn(effectiveAt: Some.Now.AddHours(1)))!.Find(Some.Directive)!;

        directive.IsActiveAt(Some.Now.AddHours(1).AddTicks(-1)).ShouldBeTrue();
        directive.IsActiveAt(Some.Now.AddHours(1)).ShouldBeFalse();
    }

    [Fact]
    public void what_was_only_proposed_or_refused_never_holds() =>
        Spec.Fold<ClientConsents>(Some.Proposed("a"), Some.Proposed("b"), Some.Refused("b"))!
            .ActiveAt(Some.Now.AddYears(1)).ShouldBeEmpty();

    [Fact]
    public void history_as_of_a_version_is_the_fold_up_to_it()
    {
        object[] history = [Some.Proposed(), Some.Granted(), Some.Withdrawn()];
        Spec.Fold<ClientConsents>(history[..2])!.ActiveAt(Some.Now).ShouldHaveSingleItem();
        Spec.Fold<ClientConsents>(history)!.ActiveAt(Some.Now).ShouldBeEmpty();
    }

    [Fact]
    public void every_state_survives_json()
    {
        var consents = Spec.Fold<ClientConsents>(Some.Proposed("b", Some.Sharing), Some.Proposed(), Some.Granted())!;
        RoundTrips(consents with { Version = 3 });
        RoundTrips(Some.Harbour);
        RoundTrips(Spec.Fold<Disclosure>(Some.Requested, Some.Permitted, Some.Made)!);
    }

    [Fact]
    public void every_stored_event_survives_json()
    {
        object[] events =
        [
            Some.Proposed(Some.Directive, Some.Sharing), Some.Granted(), Some.Refused(), Some.Withdrawn(),
            Some.HarbourRegistered, Some.Requested, Some.Permitted, Some.Made,
            new DisclosureDenied("disc-1", Some.Client, "harbour", "no_consent", 1)
        ];
        foreach (var happened in events) RoundTrips(happened);
    }

    private static void RoundTrips(object value) =>
        Spec.Json(JsonSerializer.Deserialize(Spec.Json(value), value.GetType(), ContractJson.Options))
            .ShouldBe(Spec.Json(value));
}
