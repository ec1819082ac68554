using Clinic.Contracts;
using Clinic.Instruments;

namespace Clinic.Feedback.Domain;

/// <summary>What scoring an answer is decided on beside the answer.</summary>
public sealed record MeasureFacts(Actor By, FeedbackPolicy Policy, ClientCourse? Course, RosterFacts Roster, InstrumentResponse? Corrected = null);

/// <summary>What follows from a score: change, alerts, and automated feedback, in the transaction of the score itself.</summary>
internal static class MeasureEffects
{
    /// <param name="corrected">The response that these answers take the place of, if they do.</param>
    public static object[] Of(MeasureSubmitted m, InstrumentScore score, MeasureFacts facts, InstrumentResponse? corrected, DateTimeOffset now)
    {
        var steps = new CourseSteps(m.ClientId, facts.Course);
        Count(steps, m, score, corrected, facts.Course);
        var (change, latest) = Assess(steps, m, facts);
        var kept = corrected is null ? [] : Review(steps, m, corrected, facts);
        Raise(steps, m, latest, kept, facts, now);
        // a request made since waits for answers of today
        if (corrected is null) Answer(steps, m);
        AutomatedFeedback.Decide(steps, AutomatedFeedback.FeedbackId(m.ResponseId), m.ResponseId, m.Instrument, score.Band, change?.Class, facts.Policy, now);
        return steps.Events;
    }

    /// <summary>Only a valid total counts; the first of all opens an episode.</summary>
    private static void Count(CourseSteps steps, MeasureSubmitted m, InstrumentScore score, InstrumentResponse? corrected, ClientCourse? course)
    {
        var before = corrected?.Submitted.ResponseId;
        var counted = before is not null && course?.Episode?.Scores.Any(s => s.ResponseId == before) is true;
        if (score.Total is not { } total)
        {
            if (counted) steps.Add(new ScoreDiscounted(m.ClientId, before!, m.ResponseId));
            return;
        }
        // what counted in an episode that is over is not moved into the next
        if (corrected?.Scored?.Total is not null && !counted) return;
        if (steps.Now?.Episode is null)
            steps.Add(new EpisodeBegun(m.ClientId, Stable.Id('e', m.ResponseId), null, steps.Now?.Supporter?.Modality));
        steps.Add(new ScoreCounted(m.ClientId, m.ResponseId, steps.Now!.Episode!.EpisodeId, m.Instrument, total,
            OutcomeMeasure.Find(m.Instrument)!.IsCase?.Invoke(total, steps.Now.IsAdolescent), counted ? before : null, m.TakenAt,
            // what was answered weeks ago is not today's state because its total was found today
            before is not null && !counted ? steps.Now.Episode.Scores.FirstOrDefault(s => s.Instrument == m.Instrument && s.TakenAt > m.TakenAt)?.ResponseId : null));
    }

    /// <summary>Compares the score with the baseline; where another baseline counts from now on, every score of the instrument anew.</summary>
    /// <returns>The change of this score, and that of the latest where it was assessed; null where there is none.</returns>
    private static (ChangeAssessed? Own, ChangeAssessed? Latest) Assess(CourseSteps steps, MeasureSubmitted m, MeasureFacts facts)
    {
        if (steps.Now?.Episode is not { } episode) return default;
        var scores = Array.FindAll(episode.Scores, s => s.Instrument == m.Instrument);
        var baseline = facts.Course?.Episode?.Scores.FirstOrDefault(s => s.Instrument == m.Instrument);
        var moved = baseline is not null && scores.FirstOrDefault() is { } first && first.ResponseId != baseline.ResponseId;
        ChangeAssessed? own = null, latest = null;
        foreach (var score in scores)
        {
            if (!moved && score.ResponseId != m.ResponseId) continue;
            var change = EpisodeChange.Of(m.ClientId, episode, score.ResponseId, facts.Policy)
                // what it was compared with before no longer counts
                ?? (score.ResponseId == m.ResponseId ? null : EpisodeChange.None(m.ClientId, episode, score, facts.Policy));
            if (change is null) continue;
            steps.Add(change);
            if (score.ResponseId == m.ResponseId) own = change;
            if (score == scores[^1]) latest = change;
        }
        return (own, latest);
    }

    /// <summary>Alerts that no longer hold are retracted.</summary>
    /// <returns>Rules whose open alert stands for the corrected answers as well: no second case is opened.</returns>
    private static string[] Review(CourseSteps steps, MeasureSubmitted m, InstrumentResponse corrected, MeasureFacts facts)
    {
        var kept = new List<string>();
        foreach (var alert in steps.Now?.Alerts ?? [])
        {
            var own = alert.ResponseId == corrected.Submitted.ResponseId;
            if (!own && alert.Instrument != m.Instrument) continue;
            // what a person raised over the same answers rests on more than them
            if (alert is { Kind: AlertKinds.Safety, RuleId: not ItemNineRule.Id }) continue;
            if (Holds(alert, own ? m.ResponseId : alert.ResponseId))
            {
                if (!own) continue;
                kept.Add(alert.RuleId);
                steps.Add(new AlertCarried(m.ClientId, alert.AlertId, m.ResponseId));
            }
            else AlertRaising.Retract(steps, alert, m.ResponseId);
        }
        return [.. kept];

        bool Holds(OpenAlert alert, string responseId)
        {
            // a graver answer than the one that raised it is due earlier, and so a case of its own
            if (alert.Kind == AlertKinds.Safety) return ItemNine(m) is >= 1 and var answer && answer <= ItemNine(corrected.Submitted);
            var episode = steps.Now?.Episode;
            var score = Array.Find(episode?.Scores ?? [], s => s.ResponseId == responseId);
            if (score is null) return false;
            return alert.Kind == AlertKinds.Alliance
                ? AllianceRules.Broken(score, episode!.Scores, facts.Policy) == alert.RuleId
                : EpisodeChange.Of(m.ClientId, episode!, responseId, facts.Policy)?.Class == Changes.Deteriorated;
        }
    }

    private static void Raise(CourseSteps steps, MeasureSubmitted m, ChangeAssessed? latest, string[] kept, MeasureFacts facts, DateTimeOffset now)
    {
        if (ItemNine(m) is >= 1 and var answer && !kept.Contains(ItemNineRule.Id))
            AlertRaising.Safety(steps, new SafetyAlertRaised(ItemNineRule.AlertId(m.ResponseId), m.ClientId, ItemNineRule.Id, m.ResponseId,
                ItemNineRule.DueAt(answer, now, facts.Policy)), facts.Roster, now);
        // one open case for one instrument: staying worse is not getting worse
        if (latest?.Class == Changes.Deteriorated && steps.Now!.Alerts.All(a => a.Kind != AlertKinds.Deterioration || a.Instrument != m.Instrument))
            AlertRaising.Deterioration(steps, latest, facts.Policy, now);
        if (Array.Find(steps.Now?.Episode?.Scores ?? [], s => s.ResponseId == m.ResponseId) is { } score
            && AllianceRules.Broken(score, steps.Now!.Episode!.Scores, facts.Policy) is { } rule && !kept.Contains(rule))
            AlertRaising.Alliance(steps, score, rule, facts.Policy, now);
    }

    /// <summary>The request it names, or else the oldest for this instrument, is answered.</summary>
    private static void Answer(CourseSteps steps, MeasureSubmitted m)
    {
        var open = steps.Now?.Requests ?? [];
        var answered = Array.Find(open, r => r.RequestId == m.RequestId) ?? open.Where(r => r.Instrument == m.Instrument).MinBy(r => r.DueAt);
        if (answered is not null) steps.Add(new MeasureRequestAnswered(m.ClientId, answered.RequestId, m.ResponseId));
    }

    private static int? ItemNine(MeasureSubmitted m) => m.Instrument == Phq9.Code ? Phq9.ItemNine(m.Items.Value) : null;
}
