using Clinic.Contracts;
using Clinic.Contracts.Feedback;

namespace Clinic.Feedback.Domain;

/// <summary>A client's answers arrived.</summary>
/// <param name="Missing">How many answers are null.</param>
/// <param name="RequestId">The request it answers, where the sender said so.</param>
[Subject("clientId")]
public sealed record MeasureSubmitted(
    string ResponseId, string ClientId, string Instrument, string Version, Personal<int?[]> Items, int Missing, string Language,
    DateTimeOffset TakenAt, string? RequestId = null);

/// <summary>The answers were scored, in the same append.</summary>
/// <param name="Unit"><c>tenths</c> where 359 means 35.9; null for whole points.</param>
public sealed record MeasureScored(
    string ResponseId, string ClientId, string Instrument, string ScorerVersion, string Validity, int? Total = null,
    string? Band = null, string? Unit = null, SubscaleTotal[]? Subscales = null, string? Supersedes = null);

/// <summary>This response takes the place of an earlier one.</summary>
public sealed record MeasureCorrected(string ResponseId, string ClientId, string Supersedes, string CorrectedBy);

/// <summary>Another response has taken this one's place.</summary>
public sealed record MeasureSuperseded(string ResponseId, string ClientId, string By);

/// <summary>One answered questionnaire and its score.</summary>
public sealed record InstrumentResponse
{
    public required string Id { get; init; }
    public long Version { get; init; }

    /// <summary>The answers as they came.</summary>
    public required MeasureSubmitted Submitted { get; init; }
    public MeasureScored? Scored { get; init; }

    /// <summary>The response that counts instead, if one does.</summary>
    public string? SupersededBy { get; init; }

    public static string StreamId(string responseId) => $"response-{responseId}";

    public static InstrumentResponse Create(MeasureSubmitted e) => new() { Id = StreamId(e.ResponseId), Submitted = e };

    public InstrumentResponse Apply(MeasureScored e) => this with { Scored = e };

    // said by the score, too; kept for who reads the stream
    public InstrumentResponse Apply(MeasureCorrected e) => this;

    public InstrumentResponse Apply(MeasureSuperseded e) => this with { SupersededBy = e.By };
}
