using Clinic.Contracts.Messaging;

namespace Clinic.Messaging;

/// <summary>Asks a producer for events again, for an operator who speaks as the consumer.</summary>
public static class RepublishAsker
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <param name="consumer">The connection of the consumer: the producer answers nobody else about its queue.</param>
    /// <param name="replyTo">For a clinic system: which of its queues.</param>
    /// <exception cref="IOException">Nobody listens for that producer.</exception>
    public static async Task Ask(BusSettings consumer, RepublishRequested request, string? replyTo, CancellationToken ct)
    {
        await using var channel = await ConfirmedChannel.Open(consumer, "clinic-republish", ct);
        await GapRequests.Send(channel, "cli", consumer.User, request, replyTo, ct);
        if ((await channel.Flush(Patience, () => Task.CompletedTask, ct)).Count > 0)
            throw new IOException($"{request.Producer} has no queue for such requests; has it ever started?");
    }
}
