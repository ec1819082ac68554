using Clinic.Audit.Domain;
using Clinic.Contracts;
using Clinic.Contracts.Audit;
using Xunit;

namespace Clinic.Tests.Domain.Audit;

/// <summary>A backup nobody has restored is a hope; a restore that does not match is an incident.</summary>
public sealed class TryingBackups
{
    private static readonly RecordRestoreTest Test = new("drill-1", "consent", Spec.Now.AddHours(-8), Spec.Now.AddHours(-1), 42, 1204, true, true, 3);

    [Fact]
    public void a_restore_that_matches_has_passed() => Spec.Given<RestoreTest>().When(Test, RecordRestoreTestAggregateHandler.Handle, Spec.Operator)
        .Then(new BackupRestoreTested("drill-1", "consent", Test.BackupAt, Test.RestoredTo, 42, 1204, true, true, 3, true, "op-1"));

    [Fact]
    public void one_that_is_not_what_was_signed_raises_an_incident_with_it() => Spec.Given<RestoreTest>()
        .When(Test with { RootsMatch = false }, RecordRestoreTestAggregateHandler.Handle, Spec.Operator).Then(
            new BackupRestoreTested("drill-1", "consent", Test.BackupAt, Test.RestoredTo, 42, 1204, false, true, 3, false, "op-1"),
            new ForStream("incident-restore-drill-1", typeof(Incident), new SecurityIncidentRaised("restore-drill-1", "integrity", "critical", Spec.Now, "op-1", "restore-test-drill-1")));

    [Fact]
    public void nothing_is_restored_to_the_future() => Spec.Given<RestoreTest>()
        .When(Test with { RestoredTo = Spec.Now.AddSeconds(1) }, RecordRestoreTestAggregateHandler.Handle, Spec.Operator).ThenViolates("in_future", "restoredTo");
}
