namespace Clinic.Contracts.Audit;

/// <summary>A backup was tried.</summary>
/// <param name="TestId">The test.</param>
/// <param name="Service">Whose database, or <c>vault</c>.</param>
/// <param name="BackupAt">When the backup was taken.</param>
/// <param name="RestoredTo">The instant it was restored to.</param>
/// <param name="Seconds">How long the restore took.</param>
/// <param name="Events">Events in it.</param>
/// <param name="RootsMatch">The log is what outside checkpoints say.</param>
/// <param name="ViewsMatch">Views made anew are those that were restored.</param>
/// <param name="TombstonesReplayed">Erasures made good in it before it was opened.</param>
/// <param name="Passed">All of it matched; when not, an integrity incident was raised with this.</param>
/// <param name="TestedBy">Who tried.</param>
[Contract("audit.backup-restore-tested.v1")]
public sealed record BackupRestoreTested(
    string TestId, string Service, DateTimeOffset BackupAt, DateTimeOffset RestoredTo, int Seconds, long Events, bool RootsMatch, bool ViewsMatch, int TombstonesReplayed,
    bool Passed, string TestedBy);
