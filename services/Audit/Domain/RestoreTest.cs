using Clinic.Contracts.Audit;

namespace Clinic.Audit.Domain;

/// <summary>One try of one backup.</summary>
public sealed record RestoreTest(string Id, BackupRestoreTested Result)
{
    public long Version { get; init; }

    public static string StreamId(string testId) => "restore-test-" + testId;

    public static RestoreTest Create(BackupRestoreTested e) => new(e.TestId, e);

    public RestoreTest Apply(BackupRestoreTested e) => this with { Result = e };
}
