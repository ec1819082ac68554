using Clinic.Audit.Domain;
using Clinic.Contracts;
using Clinic.Contracts.Audit;
using Xunit;

namespace Clinic.Tests.Domain.Audit;

/// <summary>A finding is closed by somebody else than who put it right.</summary>
public sealed class RemediatingFindings
{
    private static readonly Actor Auditor = new("aud-1", Roles.Auditor, "north");
    private static readonly DateTimeOffset Due = Spec.Now.AddDays(30);
    private static readonly AuditFindingRaised Raised = new("find-1", "encryption", "high", Due, "2026-Q1-4", "aud-1");
    private static readonly AuditFindingRemediated Remediated = new("find-1", "change-77", "op-1");

    [Fact]
    public void a_finding_has_a_term() => Spec.Given<Finding>()
        .When(new RaiseFinding("find-1", "encryption", "high", Due, "2026-Q1-4"), RaiseFindingAggregateHandler.Handle, Auditor).Then(Raised);

    [Fact]
    public void a_term_in_the_past_is_none() => Spec.Given<Finding>()
        .When(new RaiseFinding("find-1", "encryption", "high", Spec.Now, "2026-Q1-4"), RaiseFindingAggregateHandler.Handle, Auditor).ThenViolates("due_in_past", "dueAt");

    [Fact]
    public void a_remediation_names_its_evidence() => Spec.Given<Finding>(Raised)
        .When(new RemediateFinding("find-1", "change-77"), RemediateFindingAggregateHandler.Handle, Spec.Operator).Then(Remediated);

    [Fact]
    public void nobody_agrees_to_their_own_work() => Spec.Given<Finding>(Raised, Remediated)
        .When(new ReviewRemediation("find-1", true), ReviewRemediationAggregateHandler.Handle, Spec.Operator).ThenViolates("own_work");

    [Fact]
    public void another_who_agrees_closes_it_and_one_who_does_not_opens_it_again()
    {
        Spec.Given<Finding>(Raised, Remediated).When(new ReviewRemediation("find-1", true), ReviewRemediationAggregateHandler.Handle, Auditor)
            .Then(new RemediationReviewed("find-1", true, "aud-1"));
        var refused = new RemediationReviewed("find-1", false, "aud-1");
        Spec.Given<Finding>(Raised, Remediated).When(new ReviewRemediation("find-1", false), ReviewRemediationAggregateHandler.Handle, Auditor).Then(refused);
        Spec.Given<Finding>(Raised, Remediated, refused).When(new ReviewRemediation("find-1", true), ReviewRemediationAggregateHandler.Handle, Auditor).ThenViolates("nothing_to_review");
    }

    [Fact]
    public void what_is_not_put_right_by_its_term_is_overdue_once()
    {
        var note = new NoteFindingOverdue("find-1");
        Spec.Given<Finding>(Raised).When(note, NoteFindingOverdueAggregateHandler.Handle, Spec.Service, Due.AddTicks(-10)).ThenNothing();
        Spec.Given<Finding>(Raised).When(note, NoteFindingOverdueAggregateHandler.Handle, Spec.Service, Due).Then(new AuditFindingOverdue("find-1", Due));
        Spec.Given<Finding>(Raised, Remediated).When(note, NoteFindingOverdueAggregateHandler.Handle, Spec.Service, Due).ThenNothing();
        Spec.Given<Finding>(Raised, new AuditFindingOverdue("find-1", Due)).When(note, NoteFindingOverdueAggregateHandler.Handle, Spec.Service, Due).ThenNothing();
    }

    [Fact]
    public void a_remediation_that_is_refused_after_the_term_leaves_the_finding_overdue_at_once()
    {
        var refused = new RemediationReviewed("find-1", false, "aud-1");
        var overdue = new AuditFindingOverdue("find-1", Due);
        var review = new ReviewRemediation("find-1", false);
        Spec.Given<Finding>(Raised, Remediated).When(review, ReviewRemediationAggregateHandler.Handle, Auditor, Due.AddTicks(-10)).Then(refused);
        Spec.Given<Finding>(Raised, Remediated).When(review, ReviewRemediationAggregateHandler.Handle, Auditor, Due).Then(refused, overdue);
        Spec.Given<Finding>(Raised, overdue, Remediated).When(review, ReviewRemediationAggregateHandler.Handle, Auditor, Due).Then(refused);
        Spec.Given<Finding>(Raised, Remediated).When(review with { Accepted = true }, ReviewRemediationAggregateHandler.Handle, Auditor, Due).Then(new RemediationReviewed("find-1", true, "aud-1"));
    }
}
