using Clinic.Contracts;
using Clinic.Contracts.Consent;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Consent;

using Clinic.Consent.Domain;

/// <summary>Laws of the decision over any directives, permits and denials alike, of two clients.</summary>
public sealed class DecisionProperties
{
    private static readonly string[] Labels = ["MH", "SUD", "HIV"];

    private static readonly Gen<DisclosureScope> AnyScope =
        from denies in Gen.Elements(true, false)
        from recipient in denies ? Gen.Elements("harbour", "pier", "any") : Gen.Elements("harbour", "pier")
        from purpose in denies ? Gen.Elements("TREAT", "BTG", "any") : Gen.Elements("TREAT", "BTG", "HLEGAL")
        from categories in Gen.SubListOf("summaries", "measures")
        from labels in Gen.SubListOf(Labels)
        select new DisclosureScope(recipient, purpose,
            denies || categories.Count > 0 ? [.. categories] : ["summaries"], [.. labels], Effect: denies ? DisclosureScope.Deny : null);

    private static Gen<ClientConsents> ConsentsOf(string client) =>
        from scopes in AnyScope.ListOf()
        from minutes in Gen.Choose(1, 500)
        select Spec.Fold<ClientConsents>(
        [
            new ClientLanguageNoted(client, "en"),
            .. scopes.SelectMany((scope, i) => Directive(client, $"d{i}", scope, Some.Now.AddMinutes(minutes * (i % 3 == 0 ? 1 : 10))))
        ])!;

    private static object[] Directive(string client, string id, DisclosureScope scope, DateTimeOffset? until = null)
    {
        ConsentScope[] scopes = [new(ScopeKinds.Disclosure, Disclosure: scope)];
        return [Some.Proposed(id, scopes) with { ClientId = client }, Some.Granted(id, scopes, expiresAt: until) with { ClientId = client }];
    }

    private static readonly Gen<DisclosureRequested> AnyRequest =
        from client in Gen.Elements("client-1", "client-2")
        from recipient in Gen.Elements("harbour", "pier")
        from purpose in Gen.Elements("TREAT", "BTG", "HLEGAL")
        from category in Gen.Elements("summaries", "measures")
        from id in Gen.Choose(1, 1000)
        select Some.Requested with { DisclosureId = $"disc-{id}", ClientId = client, RecipientId = recipient, Purpose = purpose, Categories = [category] };

    private static readonly Arbitrary<ClientConsents> One = ConsentsOf("client-1").ToArbitrary();

    private static readonly Arbitrary<ClientConsents> Two = ConsentsOf("client-2").ToArbitrary();

    private static readonly Arbitrary<DisclosureRequested> Requests = AnyRequest.ToArbitrary();

    private static string Answer(ClientConsents? consents, DisclosureRequested request) =>
        Spec.Json(RequestDisclosureAggregateHandler.Answer(request, DisclosureDecision.Evaluate(consents, request, Some.Now.AddMinutes(100))));

    /// <summary>As the service does it: each request with the stream of its own client.</summary>
    private static string[] Batch(ClientConsents[] clinic, IEnumerable<DisclosureRequested> requests) =>
        [.. requests.Select(r => Answer(Array.Find(clinic, c => c.Id == ClientConsents.StreamId(r.ClientId)), r))];

    [Fact]
    public void another_clients_directives_change_no_byte_of_an_answer() =>
        Prop.ForAll(One, Two, Requests, (one, two, request) =>
        {
            var own = request with { ClientId = "client-1" };
            Batch([one], [own]).ShouldBe(Batch([two, one], [own]));
            // and handed over by mistake they permit nothing
            DisclosureDecision.Evaluate(two, own, Some.Now).IsPermitted.ShouldBeFalse();
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void adding_a_denial_never_turns_a_deny_into_a_permit_nor_adds_a_label() =>
        Prop.ForAll(One, AnyScope.Where(s => s.Denies).ToArbitrary(), Requests, (consents, denial, request) =>
        {
            var own = request with { ClientId = "client-1" };
            var more = Directive("client-1", "zz", denial).Aggregate(consents, (state, e) => e is ConsentProposed p ? state.Apply(p) : state.Apply((ConsentGranted)e));
            var (before, after) = (DisclosureDecision.Evaluate(consents, own, Some.Now), DisclosureDecision.Evaluate(more, own, Some.Now));
            (before.IsPermitted || !after.IsPermitted).ShouldBeTrue();
            after.Labels.Except(before.Labels).ShouldBeEmpty();
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void linking_a_record_never_turns_a_deny_into_a_permit_nor_adds_a_label() =>
        Prop.ForAll(One, Two, Requests, (one, two, request) =>
        {
            var own = request with { ClientId = "client-1" };
            var (before, after) = (DisclosureDecision.Evaluate(one, own, Some.Now), DisclosureDecision.Evaluate(one, own, Some.Now, [two]));
            (before.IsPermitted || !after.IsPermitted).ShouldBeTrue();
            after.Labels.Except(before.Labels).ShouldBeEmpty();
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void two_requests_in_one_batch_never_get_each_others_decision() =>
        Prop.ForAll(One, Two, AnyRequest.ListOf().ToArbitrary(), (one, two, requests) =>
        {
            ClientConsents[] clinic = [one, two];
            var answers = Batch(clinic, requests);
            Enumerable.Reverse(Batch(clinic, Enumerable.Reverse(requests))).ShouldBe(answers);
            answers.ShouldBe(requests.SelectMany(r => Batch(clinic, [r])));
            for (var i = 0; i < answers.Length; i++) answers[i].ShouldContain($"\"{requests[i].DisclosureId}\"");
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void every_answer_gives_its_grounds_and_labels_only_with_a_permit() =>
        Prop.ForAll(One, Requests, (consents, request) =>
        {
            var decision = DisclosureDecision.Evaluate(consents, request, Some.Now);
            decision.Because.ShouldNotBeEmpty();
            (decision.IsPermitted || decision.Labels.Length == 0).ShouldBeTrue();
            (!decision.IsPermitted || decision.Directive!.IsActiveAt(Some.Now)).ShouldBeTrue();
        }).QuickCheckThrowOnFailure();
}
