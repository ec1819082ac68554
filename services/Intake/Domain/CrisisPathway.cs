using Clinic.Contracts;

namespace Clinic.Intake.Domain;

/// <summary>A risk is high: the crisis pathway began, in the same append as what showed it.</summary>
public sealed record CrisisPathwayActivated(string ClientId, string Trigger, string ScreenId, bool ContactPossible);

/// <summary>Somebody tried to reach the client.</summary>
public sealed record CrisisContactAttempted(
    string ClientId, string AttemptId, string Method, string Outcome, string By, DateTimeOffset? OccurredAt = null, bool? ClockAhead = null);

/// <summary>A clinician closed it; care stands where it stood before.</summary>
[Subject("clientId")]
public sealed record CrisisPathwayClosed(string ClientId, string ClinicianId, Personal<string> Plan);

/// <summary>Where the client stands in the crisis pathway.</summary>
public sealed record CrisisState
{
    public CrisisPathwayActivated? Open { get; init; }

    /// <summary>Cases that were ever opened, so that one told twice opens once.</summary>
    public IReadOnlyList<string> Cases { get; init; } = [];

    /// <summary>All attempts ever, so that one told twice is recorded once.</summary>
    public IReadOnlyList<CrisisContactAttempted> Attempts { get; init; } = [];

    /// <summary>Whether somebody tried since the pathway began.</summary>
    public bool Attempted { get; init; }

    /// <summary>Whether it was said since then that nobody tried in time.</summary>
    public bool Overdue { get; init; }

    internal CrisisState With(CrisisPathwayActivated e) => this with { Open = e, Cases = [.. Cases, e.ScreenId], Attempted = false, Overdue = false };

    internal CrisisState With(CrisisContactAttempted e) => this with { Attempts = [.. Attempts, e], Attempted = true };

    internal CrisisState Closed() => this with { Open = null };
}
