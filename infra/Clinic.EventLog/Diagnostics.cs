using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Clinic.EventLog;

/// <summary>
/// Where our own spans and metrics come from. Without a listener they cost next to nothing. Attributes are names, codes and
/// numbers, never an id of a person, a stream or a value.
/// </summary>
public static class Diagnostics
{
    public const string Name = "Clinic";

    private const int TraceParentLength = 55;

    public static readonly Meter Meter = new(Name);

    private static readonly ActivitySource Source = new(Name);
    private static readonly Counter<long> Appends = Meter.CreateCounter<long>("clinic.appends", "{append}", "Appends, by outcome");
    private static readonly Histogram<double> AppendTime = Meter.CreateHistogram<double>("clinic.append.duration", "s", "From the call to the commit");
    private static readonly Counter<long> Refusals = Meter.CreateCounter<long>("clinic.refusals", "{command}", "Refusals stored in the inbox, by code");

    /// <summary>
    /// Begins a span inside the trace that a stored or received <c>traceparent</c> names. The hop that brought it here (delivery,
    /// receive) is linked: CloudEvents carries the trace in which an event began, the transport its own.
    /// </summary>
    public static Activity? Start(string name, ActivityKind kind, string? traceParent)
    {
        if (!Source.HasListeners()) return null;
        var hop = Activity.Current;
        // without a parent the span begins a trace; it never joins whatever happens to be current
        Activity.Current = null;
        ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent);
        var span = Source.StartActivity(name, kind, parent, links: hop is null ? null : [new ActivityLink(hop.Context)]);
        if (span is null) Activity.Current = hop;
        return span;
    }

    /// <summary>What events of this work carry on: our span, or else the trace context it was begun with. It is stored for ever, so it must be one.</summary>
    public static string? Carry(Activity? span, string? traceParent) =>
        span?.Id ?? (traceParent?.Length == TraceParentLength && ActivityContext.TryParse(traceParent, null, out _) ? traceParent : null);

    /// <summary>An append has ended.</summary>
    public static void Appended(AppendOutcome outcome, TimeSpan took)
    {
        Appends.Add(1, new KeyValuePair<string, object?>("outcome", outcome.ToString().ToLowerInvariant()));
        AppendTime.Record(took.TotalSeconds);
    }

    /// <summary>A refusal was stored.</summary>
    public static void Refused(string code) => Refusals.Add(1, new KeyValuePair<string, object?>("code", code));
}
