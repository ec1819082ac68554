using Clinic.Contracts;
using Clinic.Contracts.Consent;
using Clinic.Contracts.Notifications;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain.Consent;

using Clinic.Consent.Domain;

/// <summary>A client is given the copy that was asked for in time, or it is said that it is late.</summary>
public sealed class AskingForACopy
{
    private static readonly DateTimeOffset Due = Some.Now.AddDays(30);
    private static readonly RequestAccess Ask = new("req-1", Some.Client, ["messages"]);
    private static readonly Clinic.Consent.Domain.AccessRequested Asked = new("req-1", Some.Client, ["messages"], Due);
    private static readonly Actor Supervisor = new("sup-1", Roles.Supervisor, "north");

    [Fact]
    public void it_is_due_within_thirty_days()
    {
        Spec.Given<AccessRequest>().When(Ask, RequestAccessAggregateHandler.Handle, Spec.ClientActor).Then(Asked);
        Spec.Given<AccessRequest>(Asked).When(Ask, RequestAccessAggregateHandler.Handle, Spec.ClientActor, Due).ThenNothing();
        Spec.Given<AccessRequest>(Asked).When(Ask with { ClientId = "client-2" }, RequestAccessAggregateHandler.Handle, Spec.ClientActor)
            .ThenViolates("access_request_exists", "requestId");
    }

    [Fact]
    public void psychotherapy_notes_are_not_part_of_it() =>
        new RequestAccessValidator().ShouldBeInvalid(Ask with { Categories = ["psychotherapy-notes"] }, "Categories[0]");

    [Fact]
    public void its_term_is_extended_once_and_before_it_has_passed()
    {
        var extend = new ExtendAccess("req-1", Some.Client, "The archive is being moved.");
        var extended = new Clinic.Consent.Domain.AccessExtended("req-1", Some.Client, "The archive is being moved.", Due.AddDays(30));
        Spec.Given<AccessRequest>(Asked).When(extend, ExtendAccessAggregateHandler.Handle, Supervisor).Then(extended);
        Spec.Given<AccessRequest>(Asked, extended).When(extend, ExtendAccessAggregateHandler.Handle, Supervisor).ThenNothing();
        Spec.Given<AccessRequest>(Asked).When(extend, ExtendAccessAggregateHandler.Handle, Supervisor, Due).ThenViolates("term_passed", "requestId");
        Spec.Given<AccessRequest>(Asked).When(extend with { ClientId = "client-2" }, ExtendAccessAggregateHandler.Handle, Supervisor)
            .ThenViolates("access_request_unknown", "requestId");
        new ExtendAccessValidator().ShouldBeInvalid(extend with { Reason = "" }, "Reason");
    }

    [Fact]
    public void late_it_is_said_once_and_somebody_is_told()
    {
        Outcome Noting(DateTimeOffset at, params object[] events) =>
            Spec.Given<AccessRequest>([Asked, .. events]).When(new NoteAccessOverdue("req-1"), NoteAccessOverdueAggregateHandler.Handle, Spec.Service, at);
        Noting(Due.AddTicks(-1)).ThenNothing();
        var late = Noting(Due).Events;
        late[0].ShouldBe(new Clinic.Consent.Domain.AccessOverdue("req-1", Some.Client, Due));
        (((NotificationWanted)late[1]).Recipient, ((NotificationWanted)late[1]).Template).ShouldBe(("staff:records", NotificationTemplates.AnswerLate));
        Noting(Due.AddDays(1), late).ThenNothing();
        // the deadline of a term that was extended meanwhile
        Noting(Due, new Clinic.Consent.Domain.AccessExtended("req-1", Some.Client, "archive", Due.AddDays(30))).ThenNothing();
        Noting(Due, new Clinic.Consent.Domain.AccessProvided("req-1", Some.Client, Some.Hash, "sup-1")).ThenNothing();
    }

    [Fact]
    public void what_was_given_is_on_record_and_is_not_given_another_way()
    {
        var give = new ProvideAccess("req-1", Some.Client, Some.Hash);
        var given = new Clinic.Consent.Domain.AccessProvided("req-1", Some.Client, Some.Hash, "sup-1");
        Spec.Given<AccessRequest>(Asked).When(give, ProvideAccessAggregateHandler.Handle, Supervisor).Then(given);
        Spec.Given<AccessRequest>(Asked, given).When(give, ProvideAccessAggregateHandler.Handle, Supervisor).ThenNothing();
        Spec.Given<AccessRequest>(Asked, given).When(give with { ContentHash = Some.OtherHash }, ProvideAccessAggregateHandler.Handle, Supervisor)
            .ThenViolates("access_provided", "contentHash");
    }

    [Fact]
    public void a_restriction_ends_when_its_client_says_so()
    {
        object[] agreed =
        [
            new Clinic.Consent.Domain.RestrictionRequested(Some.Client, "r-1", "not my brother", [Some.Deny().Disclosure!]),
            new Clinic.Consent.Domain.RestrictionDecided(Some.Client, "r-1", true, "agreed"), Some.Proposed("yes", Some.Sharing), Some.Granted("yes", [Some.Sharing])
        ];
        string? Reason(params object[] events) => DisclosureDecision.Evaluate(Spec.Fold<ClientConsents>(events), Some.Requested, Some.Now).ReasonCode;
        Reason(agreed).ShouldBe("explicitly_denied");
        var end = new EndRestriction("r-1", Some.Client);
        Spec.Given<ClientConsents>(agreed).When(end, EndRestrictionAggregateHandler.Handle, Supervisor).ThenViolates("role_not_permitted");
        var ended = Spec.Given<ClientConsents>(agreed).When(end, EndRestrictionAggregateHandler.Handle, Spec.ClientActor).Events;
        Reason([.. agreed, .. ended]).ShouldBeNull();
        Spec.Given<ClientConsents>([.. agreed, .. ended]).When(end, EndRestrictionAggregateHandler.Handle, Spec.ClientActor).ThenNothing();
    }
}
