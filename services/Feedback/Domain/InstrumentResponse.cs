using Clinic.Contracts;

namespace Clinic.Feedback.Domain;

/// <summary>A client's answers arrived.</summary>
/// <param name="Missing">How many answers are null.</param>
[Subject("clientId")]
public sealed record MeasureSubmitted(
    string ResponseId, string ClientId, string Instrument, string Version, Personal<int?[]> Items, int Missing, string Language,
    DateTimeOffset TakenAt);

/// <summary>The answers were scored, in the same append.</summary>
public sealed record MeasureScored(
    string ResponseId, string ClientId, string Instrument, string ScorerVersion, string Validity, int? Total = null,
    string? Band = null);

/// <summary>One answered questionnaire and its score.</summary>
public sealed record InstrumentResponse
{
    public required string Id { get; init; }
    public long Version { get; init; }

    /// <summary>The answers as they came.</summary>
    public required MeasureSubmitted Submitted { get; init; }
    public MeasureScored? Scored { get; init; }

    public static string StreamId(string responseId) => $"response-{responseId}";

    public static InstrumentResponse Create(MeasureSubmitted e) => new() { Id = StreamId(e.ResponseId), Submitted = e };

    public InstrumentResponse Apply(MeasureScored e) => this with { Scored = e };
}
