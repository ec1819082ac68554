using Clinic.Contracts;

namespace Clinic.Feedback.Domain;

/// <summary>What one decision does to a client's course, step by step: each step sees what the ones before it changed.</summary>
internal sealed class CourseSteps(string clientId, ClientCourse? before)
{
    private readonly List<object> events = [];

    public string ClientId => clientId;

    /// <summary>The course after the steps so far; null before the first.</summary>
    public ClientCourse? Now { get; private set; } = before;

    /// <summary>Everything decided, for this course's stream and for others, in order.</summary>
    public object[] Events => [.. events];

    /// <summary>The same for the handler that decides on a stream of this type: what is for its own stream is returned as it is.</summary>
    public object[] EventsOn<TState>() => [.. events.Select(e => e is ForStream own && own.State == typeof(TState) ? own.Event : e)];

    /// <summary>Something for another stream.</summary>
    public void Add(ForStream other) => events.Add(other);

    public void Add(AlertOpened e) => Step(e, Now?.Apply(e) ?? ClientCourse.Create(e));
    public void Add(AlertCarried e) => Step(e, Now?.Apply(e));
    public void Add(AlertClosed e) => Step(e, Now?.Apply(e));
    public void Add(EpisodeBegun e) => Step(e, Now?.Apply(e) ?? ClientCourse.Create(e));
    public void Add(EpisodeDescribed e) => Step(e, Now!.Apply(e));
    public void Add(RecoveryAssessed e) => Step(e, Now!.Apply(e));
    public void Add(ScoreCounted e) => Step(e, Now!.Apply(e));
    public void Add(ScoreDiscounted e) => Step(e, Now!.Apply(e));
    public void Add(ChangeAssessed e) => Step(e, Now!.Apply(e));
    public void Add(MeasureRequested e) => Step(e, Now?.Apply(e) ?? ClientCourse.Create(e));
    public void Add(MeasureReminded e) => Step(e, Now!.Apply(e));
    public void Add(MeasureRequestAnswered e) => Step(e, Now!.Apply(e));
    public void Add(NoticeQueued e) => Step(e, Now?.Apply(e) ?? ClientCourse.Create(e));

    private void Step(object e, ClientCourse? next)
    {
        // nothing to change in a course that does not exist
        if (next is null) return;
        Now = next;
        events.Add(new ForStream(ClientCourse.StreamId(clientId), typeof(ClientCourse), e));
    }
}
