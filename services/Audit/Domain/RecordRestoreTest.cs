using Clinic.Contracts;
using Clinic.Contracts.Audit;
using FluentValidation;

namespace Clinic.Audit.Domain;

public sealed class RecordRestoreTestValidator : AbstractValidator<RecordRestoreTest>
{
    public RecordRestoreTestValidator()
    {
        RuleFor(c => c.TestId).IsId();
        // it becomes part of an incident's id
        RuleFor(c => c.TestId).MaximumLength(56);
        RuleFor(c => c.Service).IsId();
        RuleFor(c => c.BackupAt).IsSane();
        RuleFor(c => c.RestoredTo).IsSane();
        RuleFor(c => c.Seconds).InclusiveBetween(0, 604_800);
        RuleFor(c => c.Events).GreaterThanOrEqualTo(0);
        RuleFor(c => c.TombstonesReplayed).GreaterThanOrEqualTo(0);
    }
}

public static class RecordRestoreTestAggregateHandler
{
    public static object[] Handle(RecordRestoreTest command, RestoreTest? state, Actor by, DateTimeOffset now)
    {
        var tested = new BackupRestoreTested(command.TestId, command.Service, command.BackupAt, command.RestoredTo, command.Seconds, command.Events, command.RootsMatch,
            command.ViewsMatch, command.TombstonesReplayed, command.RootsMatch && command.ViewsMatch, by.Id);
        if (state is not null)
            return state.Result with { TestedBy = by.Id } == tested ? [] : throw new RuleViolation("test_exists", "Another test has this id.", "testId");
        if (command.BackupAt > now || command.RestoredTo > now) throw new RuleViolation("in_future", "A backup is restored to the past.", "restoredTo");
        if (tested.Passed) return [tested];
        // a backup that is not what was signed is an incident, whoever looks
        var incident = "restore-" + command.TestId;
        return
        [
            tested,
            new ForStream(Incident.StreamId(incident), typeof(Incident),
                new SecurityIncidentRaised(incident, "integrity", "critical", now, by.Id, "restore-test-" + command.TestId))
        ];
    }
}
