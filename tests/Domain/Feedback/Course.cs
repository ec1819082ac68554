using Clinic.Contracts;
using Clinic.Contracts.Feedback;
using Shouldly;

namespace Clinic.Tests.Domain.Feedback;

using Clinic.Feedback.Domain; // inside, so that stored events win over the public ones of the same name

/// <summary>A client's way through several answers: each is decided on what the ones before it left.</summary>
internal sealed class Course
{
    public const string Client = "client-1";
    public static readonly int?[] Calm = [1, 1, 1, 1, 1, 1, 1, 1, 0];

    private readonly Dictionary<string, InstrumentResponse> responses = [];
    private readonly Dictionary<string, AlertCase> alerts = [];
    private readonly Dictionary<string, FeedbackItem> items = [];
    private DateTimeOffset now = Spec.Now;

    public FeedbackPolicy Policy { get; init; } = new();

    public RosterFacts Roster { get; init; } = new([]);

    public ClientCourse? State { get; private set; }

    /// <summary>What the last step decided, other streams' events without their streams.</summary>
    public object[] Last { get; private set; } = [];

    public AlertCase Alert(string id) => alerts[id];

    public FeedbackItem Item(string id) => items[id];

    public Course Know(params object[] events)
    {
        foreach (var e in events) State = Step(State, e);
        return this;
    }

    public Course Answer(string responseId, string instrument, params int?[] items) => Decide(responseId, SubmitMeasureAggregateHandler.Handle(
        new SubmitMeasure(responseId, Client, instrument, "1", items, "en"), responses.GetValueOrDefault(responseId), Facts(), now));

    /// <summary>The steps from now on happen so many days later.</summary>
    public Course At(int days)
    {
        now = Spec.Now.AddDays(days);
        return this;
    }

    /// <summary>A PHQ-9 of this total, with item nine at zero.</summary>
    public Course Phq9(string responseId, int total) => Answer(responseId, "phq-9", [.. Spread(total, 8, 3), 0]);

    public Course Correct(string responseId, string supersedes, params int?[] items) => Decide(responseId, CorrectMeasureAggregateHandler.Handle(
        new CorrectMeasure(responseId, Client, supersedes, items), responses.GetValueOrDefault(responseId),
        Facts() with { Corrected = responses.GetValueOrDefault(supersedes) }, now));

    public Course Decide(string responseId, object[] decided)
    {
        Last = [.. decided.Select(e => e is ForStream other ? other.Event : e)];
        foreach (var e in decided)
        {
            var (stream, happened) = e is ForStream other ? (other.StreamId, other.Event) : ("response-" + responseId, e);
            if (stream.StartsWith("response-", StringComparison.Ordinal)) Keep(responses, stream["response-".Length..], happened);
            else if (stream.StartsWith("alert-", StringComparison.Ordinal)) Keep(alerts, stream["alert-".Length..], happened);
            else if (stream.StartsWith("item-", StringComparison.Ordinal)) Keep(items, stream["item-".Length..], happened);
            else if (stream.StartsWith("course-", StringComparison.Ordinal)) State = Step(State, happened);
        }
        return this;
    }

    public T Said<T>() => Last.OfType<T>().ShouldHaveSingleItem();

    public T[] All<T>() => [.. Last.OfType<T>()];

    public MeasureFacts Facts() => new(Spec.ClientActor, Policy, State, Roster);

    public static int?[] Spread(int total, int items, int most)
    {
        var answers = new int?[items];
        for (var i = 0; i < items; i++)
        {
            answers[i] = Math.Min(most, total);
            total -= answers[i]!.Value;
        }
        total.ShouldBe(0, "the total does not fit");
        return answers;
    }

    private static void Keep<TState>(Dictionary<string, TState> states, string id, object e) where TState : class => states[id] = Step(states.GetValueOrDefault(id), e);

    private static TState Step<TState>(TState? state, object e) where TState : class
    {
        var method = typeof(TState).GetMethod(state is null ? "Create" : "Apply", [e.GetType()])
            ?? throw new MissingMethodException(typeof(TState).Name, $"{(state is null ? "Create" : "Apply")}({e.GetType().Name})");
        return (TState)method.Invoke(state, [e])!;
    }
}
