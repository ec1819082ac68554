using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Clinic.Contracts;
using Clinic.Contracts.Messaging;
using Clinic.EventLog;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Clinic.Messaging;

/// <summary>A command as it came over AMQP; the sender is who the broker says it is.</summary>
/// <param name="User">Broker-validated user-id, <c>{tenant}.{system}</c>.</param>
/// <param name="ContentType">Of the body, as its sender calls it; null is <c>application/json</c>.</param>
/// <param name="ReplyTo">Null when the sender asked for no answer or named a queue that is not its own.</param>
public sealed record ForeignCommand(
    string Contract, string User, string Tenant, string? MessageId, string? CorrelationId, string? ReplyTo, byte[] Body, string? TraceParent = null,
    string? ContentType = null)
{
    /// <summary>Identifies the content, so that an id that comes back with another body is noticed.</summary>
    public byte[] BodyHash { get; } = SHA256.HashData(Body);
}

/// <summary>One command a clinic system may send, with what handles it. Handling stores the answer, whatever it is.</summary>
public sealed record IngressRoute(string Contract, Func<ForeignCommand, CancellationToken, Task> Accept, Func<ForeignCommand, CommandRejected, CancellationToken, Task> Reject);

/// <summary>
/// The door for foreign messages: identifies the sender, refuses what cannot be a command, and never lets a message go
/// without an answer or a log line. One queue per command, because a plain body does not say what it is.
/// </summary>
internal sealed partial class Ingress(IngressRoute route, ILogger logger)
{
    private const int MaxBody = 1024 * 1024;
    private const int Attempts = 5;

    /// <summary>SQLSTATE class of values a column cannot hold, such as NUL in a text.</summary>
    private const string DataException = "22";

    public async Task Receive(RawMessage message, CancellationToken ct)
    {
        var user = message.Properties.UserId;
        if (user is null || !IsSystem(user))
        {
            // whom to answer is exactly what is missing
            logger.LogWarning("{Contract}: refused, {Problem}", route.Contract, user is null ? "no user-id" : "user-id is not tenant.system");
            return;
        }
        var replyTo = message.Properties.ReplyTo;
        var own = replyTo is not null && replyTo.Length <= 255 && !replyTo.Any(char.IsControl) && replyTo.StartsWith($"reply.{user}.", StringComparison.Ordinal);
        if (replyTo is not null && !own) logger.LogWarning("{Contract}: {User} named a reply queue that is not its own; not answered", route.Contract, user);
        // as a CloudEvent, or as instrumented AMQP clients write it
        var sent = CloudEvents.Attribute(message.Properties, "traceparent") ?? CloudEvents.Text(message.Properties, "traceparent");
        using var span = Diagnostics.Start("command " + route.Contract, ActivityKind.Consumer, sent);
        var command = new ForeignCommand(route.Contract, user, user[..user.IndexOf('.', StringComparison.Ordinal)],
            message.Properties.MessageId, message.Properties.CorrelationId, own ? replyTo : null, message.Body, Diagnostics.Carry(span, sent),
            CloudEvents.Attribute(message.Properties, "datacontenttype") ?? message.Properties.ContentType);

        var problem = Problem(command);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if ((attempt > Attempts ? Failed(command) : problem) is { } refused) await route.Reject(command, refused, ct);
                else await route.Accept(command, ct);
                return;
            }
            catch (PostgresException e) when (problem is null && e.SqlState.StartsWith(DataException, StringComparison.Ordinal))
            {
                // trying again would not help, and the message would stay in the way of its neighbours for ever
                problem = new CommandRejected("invalid", "A value cannot be stored.", command.MessageId);
            }
            catch (NpgsqlException e) when (e is not PostgresException || e.IsTransient)
            {
                // the database is away: the message stays unacknowledged until it can be handled
                logger.LogWarning("{Contract} from {User}: {Error}, trying again", route.Contract, user, e.GetType().Name);
                attempt = Math.Min(attempt, Attempts - 1);
                await Task.Delay(TimeSpan.FromSeconds(1), ct);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                span?.SetStatus(ActivityStatusCode.Error, e.GetType().Name);
                logger.LogError("{Contract} from {User}: {Error}, trying again", route.Contract, user, e.GetType().Name);
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(10_000, 200 * attempt)), ct);
            }
        }
    }

    /// <summary>A defect of ours must not hold a queue for ever; the sender may send it again, under the same id.</summary>
    private static CommandRejected Failed(ForeignCommand command) =>
        new("internal", "The service failed to handle this; nothing was changed.", command.MessageId);

    private static CommandRejected? Problem(ForeignCommand command) => command switch
    {
        { MessageId: null or "" } => new CommandRejected("message_id_missing", "A command needs a message-id, so that a repeat is recognised."),
        { MessageId.Length: > 200 } => new CommandRejected("message_id_too_long", "A message-id has at most 200 characters."),
        { MessageId: { } id } when id.Any(char.IsControl) => new CommandRejected("message_id_invalid", "A message-id has no control characters."),
        { Body.Length: > MaxBody } => new CommandRejected("too_large", "A message has at most 1 MiB.", command.MessageId),
        _ => null
    };

    /// <summary>A clinic system's user is <c>{tenant}.{system}</c>; a service's has no dot.</summary>
    internal static bool IsSystem(string user) => SystemName().IsMatch(user);

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,40}\.[a-z0-9][a-z0-9-]{0,40}\z")]
    private static partial Regex SystemName();
}
