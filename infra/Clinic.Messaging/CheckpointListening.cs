using Clinic.Contracts.Messaging;
using Microsoft.Extensions.Logging;

namespace Clinic.Messaging;

/// <summary>A checkpoint as it arrived; the broker vouches for the service.</summary>
public sealed record ReceivedCheckpoint(string Service, LogCheckpoint Checkpoint);

/// <summary>The last checkpoint of a service's log that is believed, where some after it are missing.</summary>
public sealed record MissedCheckpoints(string Service, string Origin, long Size);

/// <summary>For a service that keeps what others have signed: gets every checkpoint, one at a time, and keeps it before it is acknowledged.</summary>
/// <param name="Missed">Whom to ask for what did not arrive, and from where on.</param>
public sealed record CheckpointListening(Func<ReceivedCheckpoint, CancellationToken, Task> Keep, Func<CancellationToken, Task<IReadOnlyList<MissedCheckpoints>>> Missed)
{
    internal async Task Receive(RawMessage message, ILogger logger, CancellationToken ct)
    {
        ReceivedCheckpoint received;
        try
        {
            received = new ReceivedCheckpoint(message.Properties.UserId ?? "", CloudEvents.Read(message.Properties, message.Body).Read<LogCheckpoint>());
        }
        catch (Exception e) when (e is FormatException or System.Text.Json.JsonException)
        {
            logger.LogError("A checkpoint of {User} could not be read: {Error}", message.Properties.UserId, e.GetType().Name);
            return;
        }
        await Keep(received, ct);
    }
}
