using System.Diagnostics;

namespace Clinic.EventLog;

/// <summary>An append and its caller, until its batch has been written.</summary>
internal sealed class WaitingAppend
{
    public WaitingAppend(PreparedAppend append)
    {
        Append = append;
        Order = append.Taken.Count > 0 ? $"{append.Request.Tenant}\n{append.Taken[0].Stream}" : "";
        Keys = [.. append.Taken.Select(s => $"{append.Request.Tenant}\n{s.Stream}")];
        if (append.Request.Inbox is { } inbox) Keys.Add($"\n{inbox.Endpoint}\n{inbox.Sender}\n{inbox.MessageId}");
    }

    public PreparedAppend Append { get; }

    public Activity? Caller { get; } = Activity.Current;

    public string Order { get; }

    public List<string> Keys { get; }

    public TaskCompletionSource<AppendResult> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
