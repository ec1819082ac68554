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
        MalformedException malformed => new CommandRejected("malformed", malformed.Message, messageId, malformed.Field),
        ValidationException invalid => new CommandRejected("invalid",
            string.Join("; ", invalid.Errors.Select(e => $"{e.PropertyName}: {e.ErrorMessage}")), messageId, invalid.Errors.First().PropertyName),
        RuleViolation violation => new CommandRejected(violation.Code, violation.Message, messageId, violation.Field),
        VersionConflictException conflict => new CommandRejected("conflict", conflict.Message, messageId),
        PersonalDataErasedException erased => new CommandRejected(PersonalDataErasedException.Code, erased.Message, messageId),
        FormatException format => new CommandRejected("invalid", $"A value cannot be stored: {format.Message}.", messageId, Path(format.Message)),
        _ => null
    };

    /// <summary>The canonical writer begins its messages with the path of what it refused.</summary>
    private static string? Path(string message) =>
        message.StartsWith("$.data.", StringComparison.Ordinal) ? message["$.data.".Length..message.IndexOf(':', StringComparison.Ordinal)] : null;
}
