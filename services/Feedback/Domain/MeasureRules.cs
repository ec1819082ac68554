using Clinic.Instruments;

namespace Clinic.Feedback.Domain;

/// <summary>A client who is reliably worse than at the beginning needs supervision to look.</summary>
public static class DeteriorationRule
{
    public const string Id = "deterioration";

    public static string AlertId(string responseId) => Stable.Id('a', responseId, Id);
}

/// <summary>A weak or falling alliance is worth talking about.</summary>
public static class AllianceRules
{
    public const string SrsBelow36 = "srs-below-36";
    public const string WaiSrDrop = "wai-sr-drop";

    public static string AlertId(string responseId, string rule) => Stable.Id('a', responseId, rule);

    /// <summary>
    /// The rule an alliance score breaks, or null: an SRS below 36.0; a WAI-SR so much below the first of the episode or the one before.
    /// </summary>
    internal static string? Broken(CountedScore score, IReadOnlyList<CountedScore> episode, FeedbackPolicy policy)
    {
        if (score.Instrument == Srs.Code) return score.Total < Srs.CutOffTenths ? SrsBelow36 : null;
        if (score.Instrument != WaiSr.Code) return null;
        var earlier = episode.Where(s => s.Instrument == WaiSr.Code).TakeWhile(s => s.ResponseId != score.ResponseId).ToArray();
        if (earlier.Length == 0) return null;
        return Math.Max(earlier[0].Total, earlier[^1].Total) - score.Total >= policy.AllianceDrop ? WaiSrDrop : null;
    }
}

/// <summary>Change of one instrument within an episode.</summary>
internal static class EpisodeChange
{
    /// <summary>Compares a score with the first of the episode; null when it is the first, or nothing is known of the instrument's noise.</summary>
    public static ChangeAssessed? Of(string clientId, Episode episode, string responseId, FeedbackPolicy policy)
    {
        if (Array.Find(episode.Scores, s => s.ResponseId == responseId) is not { } score) return null;
        var baseline = Array.Find(episode.Scores, s => s.Instrument == score.Instrument)!;
        if (baseline.ResponseId == responseId || OutcomeMeasure.Find(score.Instrument) is not { } measure || policy.ChangeOf(measure) is not { } rule) return null;
        var delta = score.Total - baseline.Total;
        return new ChangeAssessed(clientId, responseId, baseline.ResponseId, score.Instrument, episode.EpisodeId, delta,
            Changes.Of(rule, delta, measure.HigherIsWorse), rule.Id);
    }

    /// <summary>Of a score that has become the baseline: it is compared with itself. Null where nothing is known of the instrument's noise.</summary>
    public static ChangeAssessed? None(string clientId, Episode episode, CountedScore score, FeedbackPolicy policy) =>
        OutcomeMeasure.Find(score.Instrument) is { } measure && policy.ChangeOf(measure) is { } rule
            ? new ChangeAssessed(clientId, score.ResponseId, score.ResponseId, score.Instrument, episode.EpisodeId, 0, Changes.None, rule.Id)
            : null;

    /// <summary>What the measures that belong to a problem say of the whole episode.</summary>
    public static (string Outcome, string[] Instruments) Outcome(Episode episode, FeedbackPolicy policy)
    {
        var pairs = Belonging(episode.Problem)
            .Select(code => (Code: code, Scores: Array.FindAll(episode.Scores, s => s.Instrument == code), Measure: OutcomeMeasure.Find(code)!))
            .Where(m => m.Scores.Length >= 2)
            .Select(m => (m.Code, Pair: new MeasuredPair(m.Scores[0].IsCase is true, m.Scores[^1].IsCase is true,
                policy.ChangeOf(m.Measure) is { } rule ? Changes.Of(rule, m.Scores[^1].Total - m.Scores[0].Total, m.Measure.HigherIsWorse) : Changes.None)))
            .ToArray();
        return (Recovery.Of([.. pairs.Select(p => p.Pair)]), [.. pairs.Select(p => p.Code)]);
    }

    /// <summary>Depression and anxiety are judged by both of their measures, trauma by its own beside depression's.</summary>
    private static string[] Belonging(string? problem) => problem switch
    {
        Problems.Ptsd => [Phq9.Code, Pcl5.Code],
        Problems.Other => [Phq9.Code, Gad7.Code, Ors.Code],
        _ => [Phq9.Code, Gad7.Code]
    };
}

/// <summary>What an episode is about, for which measures judge it.</summary>
public static class Problems
{
    public const string Depression = "depression";
    public const string Anxiety = "anxiety";
    public const string Ptsd = "ptsd";
    public const string Other = "other";

    public static string[] All { get; } = [Depression, Anxiety, Ptsd, Other];
}
