namespace Clinic.Contracts.Audit;

/// <summary>A backup was restored beside the running system to see whether it can be.</summary>
/// <param name="TestId">Chosen by the sender.</param>
/// <param name="Service">Whose database, or <c>vault</c>.</param>
/// <param name="BackupAt">When the backup was taken.</param>
/// <param name="RestoredTo">The instant it was restored to.</param>
/// <param name="Seconds">How long the restore took.</param>
/// <param name="Events">Events in it.</param>
/// <param name="RootsMatch">The log is what outside checkpoints say.</param>
/// <param name="ViewsMatch">Views made anew are those that were restored.</param>
/// <param name="TombstonesReplayed">Erasures made good in it before it was opened.</param>
[Contract("audit.record-restore-test.v1")]
public sealed record RecordRestoreTest(
    string TestId, string Service, DateTimeOffset BackupAt, DateTimeOffset RestoredTo, int Seconds, long Events, bool RootsMatch, bool ViewsMatch, int TombstonesReplayed);
