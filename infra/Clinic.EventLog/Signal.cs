using System.Threading.Channels;

namespace Clinic.EventLog;

/// <summary>Wakes a loop that otherwise polls. Many calls before it wakes are one wake-up.</summary>
public sealed class Signal
{
    private readonly Channel<bool> channel = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>There may be work.</summary>
    public void Set() => channel.Writer.TryWrite(true);

    /// <summary>Returns when signalled, or after <paramref name="poll"/> for work that other processes left.</summary>
    public async Task Wait(TimeSpan poll, CancellationToken ct)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
        timeout.CancelAfter(poll);
        try
        {
            await channel.Reader.ReadAsync(timeout.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
        }
    }
}

/// <summary>The signals of one service: what the append tells the sequencer, and the sequencer tells everyone.</summary>
public sealed class Signals
{
    /// <summary>Events were queued.</summary>
    public Signal Appended { get; } = new();

    /// <summary>Positions were assigned; one signal per follower.</summary>
    private readonly List<Signal> followers = [];

    /// <summary>A signal that is set whenever the log has grown.</summary>
    public Signal Follow()
    {
        var signal = new Signal();
        lock (followers) followers.Add(signal);
        return signal;
    }

    /// <summary>The log has grown, or an answer waits to be sent.</summary>
    public void LogGrew()
    {
        lock (followers)
            foreach (var follower in followers) follower.Set();
    }
}
