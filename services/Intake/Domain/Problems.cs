using Clinic.Contracts;
using Clinic.Contracts.Intake;

namespace Clinic.Intake.Domain;

/// <summary>A diagnosis was recorded, or one recorded before was confirmed.</summary>
/// <param name="Labels">Sensitivity the code itself brings.</param>
/// <param name="CueProfile">What could not be seen or heard when the client was met for it, by name and version (S13); null where nobody said.</param>
[Subject("clientId")]
public sealed record DiagnosisRecorded(
    string ClientId, string DiagnosisId, string System, Personal<string> Code, string Status, string Basis, string[] Labels, string RecordedBy,
    DateTimeOffset RecordedAt, string? CueProfile = null);

/// <summary>It turned out wrong.</summary>
public sealed record DiagnosisCorrected(
    string ClientId, string DiagnosisId, string ReasonCode, PastRecipient[] Recipients, string CorrectedBy, string? ReplacedBy = null);

/// <summary>What the client wants to reach.</summary>
[Subject("clientId")]
public sealed record GoalSet(string ClientId, string GoalId, Personal<string> Text, DateOnly? ReviewBy = null);

/// <summary>A screen or diagnosis got labels.</summary>
public sealed record ItemLabelled(string ClientId, string ItemId, string[] Labels, string LabelledBy);

/// <summary>The client decided how far a screen or diagnosis is shared.</summary>
public sealed record ItemSharingSet(string ClientId, string ItemId, string Level);

/// <summary>What a client has, wants to reach, and lets others know of it.</summary>
public sealed record ProblemList
{
    /// <summary>The latest record of each diagnosis, in the order in which they were first recorded; corrected ones stay.</summary>
    public IReadOnlyList<DiagnosisRecorded> Diagnoses { get; init; } = [];
    public IReadOnlyList<DiagnosisCorrected> Corrections { get; init; } = [];
    public IReadOnlyList<GoalSet> Goals { get; init; } = [];
    public IReadOnlyList<ItemLabelled> Labels { get; init; } = [];
    public IReadOnlyList<ItemSharingSet> Sharing { get; init; } = [];

    public bool IsCorrected(string diagnosisId) => Corrections.Any(c => c.DiagnosisId == diagnosisId);

    /// <summary>Labels that were added to an item.</summary>
    public IReadOnlyList<string> LabelsOf(string itemId) => [.. Labels.Where(l => l.ItemId == itemId).SelectMany(l => l.Labels).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>How far the client shares an item; as far as the directives go unless they chose.</summary>
    public string SharingOf(string itemId) =>
        Sharing.LastOrDefault(s => s.ItemId == itemId)?.Level ?? Clinic.Contracts.Consent.SharingLevels.Disclosable;

    internal ProblemList With(DiagnosisRecorded e) => this with
    {
        Diagnoses = Diagnoses.Any(d => d.DiagnosisId == e.DiagnosisId)
            ? [.. Diagnoses.Select(d => d.DiagnosisId == e.DiagnosisId ? e : d)]
            : [.. Diagnoses, e]
    };

    internal ProblemList With(GoalSet e) => this with { Goals = [.. Goals.Where(g => g.GoalId != e.GoalId), e] };
}
