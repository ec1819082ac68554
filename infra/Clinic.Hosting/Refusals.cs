using Clinic.Contracts;
using Clinic.Contracts.Messaging;
using FluentValidation;

namespace Clinic.Hosting;

/// <summary>What a refusal is called, the same over HTTP and AMQP.</summary>
public static class Refusals
{
    /// <summary>The answer to a command that failed, or null when the failure is ours and not the sender's.</summary>
    public static CommandRejected? Of(Exception error, string? messageId) => error switch
    {
        MalformedException malformed => new CommandRejected(messageId, "malformed", malformed.Field, malformed.Message),
        ValidationException invalid => new CommandRejected(messageId, "invalid", invalid.Errors.First().PropertyName,
            string.Join("; ", invalid.Errors.Select(e => $"{e.PropertyName}: {e.ErrorMessage}"))),
        RuleViolation violation => new CommandRejected(messageId, violation.Code, violation.Field, violation.Message),
        VersionConflictException conflict => new CommandRejected(messageId, "conflict", null, conflict.Message),
        FormatException format => new CommandRejected(messageId, "invalid", Path(format.Message), $"A value cannot be stored: {format.Message}."),
        _ => null
    };

    /// <summary>The canonical writer begins its messages with the path of what it refused.</summary>
    private static string? Path(string message) =>
        message.StartsWith("$.data.", StringComparison.Ordinal) ? message["$.data.".Length..message.IndexOf(':', StringComparison.Ordinal)] : null;
}
