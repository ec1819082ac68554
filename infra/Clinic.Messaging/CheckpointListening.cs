using Clinic.Contracts;
using Clinic.Contracts.Messaging;
using Microsoft.Extensions.Logging;

namespace Clinic.Messaging;

/// <summary>A checkpoint as it arrived; the broker vouches for the service.</summary>
public sealed record ReceivedCheckpoint(string Service, LogCheckpoint Checkpoint);

/// <summary>The last checkpoint of a service's log that is believed, where some after it are missing.</summary>
public sealed record MissedCheckpoints(string Service, string Origin, long Size);

/// <summary>Entries of a service's log as they arrived; the broker vouches for the service, and nobody yet for what they are.</summary>
public sealed record ReceivedEntries(string Service, LogEntries Entries);

/// <summary>Entries that a comparison needs next, from one position to before another.</summary>
public sealed record WantedEntries(string Service, long From, long UpTo);

/// <summary>For a service that keeps what others have signed: gets every checkpoint, one at a time, and keeps it before it is acknowledged.</summary>
/// <param name="Missed">Whom to ask for what did not arrive, and from where on.</param>
/// <param name="Compare">Gets the entries that were asked for, in the same turn as checkpoints.</param>
/// <param name="Wanted">Whom to ask for entries.</param>
public sealed record CheckpointListening(
    Func<ReceivedCheckpoint, CancellationToken, Task> Keep, Func<CancellationToken, Task<IReadOnlyList<MissedCheckpoints>>> Missed,
    Func<ReceivedEntries, CancellationToken, Task> Compare, Func<CancellationToken, Task<IReadOnlyList<WantedEntries>>> Wanted)
{
    internal async Task Receive(RawMessage message, ILogger logger, CancellationToken ct)
    {
        Task kept;
        try
        {
            var (user, read) = (message.Properties.UserId ?? "", CloudEvents.Read(message.Properties, message.Body));
            kept = read.Type == ContractTypes.NameOf(typeof(LogEntries))
                ? Compare(new ReceivedEntries(user, read.Read<LogEntries>()), ct)
                : Keep(new ReceivedCheckpoint(user, read.Read<LogCheckpoint>()), ct);
        }
        catch (Exception e) when (e is FormatException or System.Text.Json.JsonException)
        {
            logger.LogError("A checkpoint of {User} could not be read: {Error}", message.Properties.UserId, e.GetType().Name);
            return;
        }
        await kept;
    }
}
