using Clinic.Contracts;

namespace Clinic.Feedback.Domain;

/// <summary>A valid score that counts in the open episode.</summary>
/// <param name="IsCase">Null where the instrument does not say.</param>
/// <param name="TakenAt">Null of one from before it was kept.</param>
public sealed record CountedScore(string ResponseId, string Instrument, int Total, bool? IsCase = null, DateTimeOffset? TakenAt = null);

/// <summary>Care from a beginning to an end; change is measured within it.</summary>
/// <param name="Scores">In the order in which they arrived, a correction where the first answers stood: the first of an instrument is its baseline.</param>
public sealed record Episode(string EpisodeId, CountedScore[] Scores, string? Problem = null, string? Modality = null);

/// <summary>An alert nobody has closed.</summary>
/// <param name="Kind">One of <see cref="AlertKinds"/>.</param>
/// <param name="ResponseId">What raised it, or the last correction of that.</param>
public sealed record OpenAlert(string AlertId, string Kind, string RuleId, string ResponseId, string? Instrument = null);

/// <summary>A questionnaire the client was asked for and has not answered.</summary>
public sealed record OpenRequest(string RequestId, string Instrument, DateTimeOffset DueAt, bool Reminded);

/// <summary>
/// What decisions about one client's measures rest on: the scores that count, the alerts that are open, what the client wants, and
/// what other services have said. One stream, so that two answers that arrive together cannot miss each other.
/// </summary>
public sealed record ClientCourse(
    string Id, string ClientId, OpenAlert[] Alerts, OpenRequest[] Requests, string[] Notices, int Episodes, Episode? Episode = null,
    ClientNoted? Client = null, SupporterNoted? Supporter = null, FeedbackPreferenceSet? Preference = null)
{
    private const int MostNotices = 50;

    public long Version { get; init; }

    /// <summary>There is no consent to treatment any more.</summary>
    public bool Paused { get; init; }

    /// <summary>Directives that permit treatment, as far as they were noted.</summary>
    public string[] Permits { get; init; } = [];

    public static string StreamId(string clientId) => $"course-{clientId}";

    /// <summary>Who treats the client now, as the last booked or started session says; empty while nobody does.</summary>
    public string SupporterId => Supporter?.PractitionerId ?? "";

    /// <summary>Whether the client is 13 to 17, for instruments that judge them apart.</summary>
    public bool IsAdolescent => Client?.AgeBand is "13-15" or "16-17";

    public OpenAlert? Alert(string alertId) => Array.Find(Alerts, a => a.AlertId == alertId);

    /// <summary>Ends of permits that were announced and have not come.</summary>
    public TreatmentPermitEnding[] Ending { get; init; } = [];

    /// <summary>Alerts about safety that are still open.</summary>
    public OpenAlert[] SafetyAlerts => Array.FindAll(Alerts, a => a.Kind == AlertKinds.Safety);

    public static ClientCourse Create(ClientNoted e) => New(e.ClientId).Apply(e);
    public static ClientCourse Create(SupporterNoted e) => New(e.ClientId).Apply(e);
    public static ClientCourse Create(EpisodeBegun e) => New(e.ClientId).Apply(e);
    public static ClientCourse Create(MeasureRequested e) => New(e.ClientId).Apply(e);
    public static ClientCourse Create(AlertOpened e) => New(e.ClientId).Apply(e);

    // of an alert from before there were courses
    public static ClientCourse Create(AlertClosed e) => New(e.ClientId);
    public static ClientCourse Create(TreatmentPermitted e) => New(e.ClientId).Apply(e);
    public static ClientCourse Create(TreatmentPermitEnding e) => New(e.ClientId).Apply(e);
    public static ClientCourse Create(CarePaused e) => New(e.ClientId).Apply(e);
    public static ClientCourse Create(NoticeQueued e) => New(e.ClientId).Apply(e);

    // of a notice to staff, from when those were settled here as well
    public static ClientCourse Create(NoticeSettled e) => New(e.ClientId);
    public static ClientCourse Create(FeedbackPreferenceSet e) => New(e.ClientId).Apply(e);

    public ClientCourse Apply(ClientNoted e) => this with { Client = e };
    public ClientCourse Apply(SupporterNoted e) => this with { Supporter = e };
    public ClientCourse Apply(FeedbackPreferenceSet e) => this with { Preference = e };
    public ClientCourse Apply(EpisodeBegun e) => this with { Episodes = Episodes + 1, Episode = new Episode(e.EpisodeId, [], e.Problem, e.Modality) };
    public ClientCourse Apply(EpisodeDescribed e) => this with { Episode = Episode! with { Problem = e.Problem, Modality = e.Modality } };
    public ClientCourse Apply(RecoveryAssessed e) => this with { Episode = null };

    public ClientCourse Apply(ScoreCounted e)
    {
        var score = new CountedScore(e.ResponseId, e.Instrument, e.Total, e.IsCase, e.TakenAt);
        var scores = Episode!.Scores.ToList();
        var place = scores.FindIndex(s => s.ResponseId == (e.Supersedes ?? e.Before));
        if (place < 0) scores.Add(score);
        // a correction stands where the answer it corrects stood
        else if (e.Supersedes is not null) scores[place] = score;
        else scores.Insert(place, score);
        return this with { Episode = Episode with { Scores = [.. scores] } };
    }

    public ClientCourse Apply(ScoreDiscounted e) => Episode is null ? this
        : this with { Episode = Episode with { Scores = Array.FindAll(Episode.Scores, s => s.ResponseId != e.ResponseId) } };

    // kept for who reads the stream; nothing is decided on it
    public ClientCourse Apply(ChangeAssessed e) => this;

    public ClientCourse Apply(AlertOpened e) => this with { Alerts = [.. Alerts, new OpenAlert(e.AlertId, e.Kind, e.RuleId, e.ResponseId, e.Instrument)] };
    public ClientCourse Apply(AlertCarried e) => this with { Alerts = Array.ConvertAll(Alerts, a => a.AlertId == e.AlertId ? a with { ResponseId = e.ResponseId } : a) };
    public ClientCourse Apply(AlertClosed e) => this with { Alerts = Array.FindAll(Alerts, a => a.AlertId != e.AlertId) };

    public ClientCourse Apply(MeasureRequested e) => this with { Requests = [.. Requests, new OpenRequest(e.RequestId, e.Instrument, e.DueAt, Reminded: false)] };
    public ClientCourse Apply(MeasureReminded e) => this with { Requests = Array.ConvertAll(Requests, r => r.RequestId == e.RequestId ? r with { Reminded = true } : r) };
    public ClientCourse Apply(MeasureRequestAnswered e) => this with { Requests = Array.FindAll(Requests, r => r.RequestId != e.RequestId) };

    public ClientCourse Apply(TreatmentPermitted e) => this with { Permits = [.. Permits, e.DirectiveId] };
    public ClientCourse Apply(TreatmentPermitEnded e) => this with { Permits = Array.FindAll(Permits, p => p != e.DirectiveId), Ending = Array.FindAll(Ending, p => p.DirectiveId != e.DirectiveId) };
    public ClientCourse Apply(TreatmentPermitEnding e) => this with { Ending = [.. Ending.Where(p => p.DirectiveId != e.DirectiveId), e] };
    public ClientCourse Apply(CarePaused e) => this with { Paused = true };
    public ClientCourse Apply(CareResumed e) => this with { Paused = false };

    // where no gateway answers, old ones are worthless anyway
    public ClientCourse Apply(NoticeQueued e) => this with { Notices = [.. Notices.TakeLast(MostNotices - 1), e.NotificationId] };
    public ClientCourse Apply(NoticeSettled e) => this with { Notices = Array.FindAll(Notices, n => n != e.NotificationId) };

    private static ClientCourse New(string clientId) => new(StreamId(clientId), clientId, [], [], [], 0);
}
