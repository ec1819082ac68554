namespace Clinic.Messaging;

/// <summary>Set once this service's own queues and bindings stand on the broker.</summary>
public sealed class BrokerReady
{
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal void Set() => ready.TrySetResult();

    internal Task Wait(CancellationToken ct) => ready.Task.WaitAsync(ct);
}
