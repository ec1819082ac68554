using Clinic.Contracts;
using Clinic.Contracts.Messaging;
using Clinic.Hosting.Access;
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
        NotFoundException absent => new CommandRejected("not_found", absent.Message, messageId),
        StaleFactsException stale => new CommandRejected("access_facts_stale", stale.Message, messageId),
        VersionConflictException conflict => new CommandRejected("conflict", conflict.Message, messageId),
        PersonalDataErasedException erased => new CommandRejected(PersonalDataErasedException.Code, erased.Message, messageId),
        FormatException format => new CommandRejected("invalid", $"A value cannot be stored: {format.Message}.", messageId, Path(format.Message)),
        _ => null
    };

    /// <summary>The canonical writer begins its messages with the path of what it refused.</summary>
    private static string? Path(string message) =>
        message.StartsWith("$.data.", StringComparison.Ordinal) ? message["$.data.".Length..message.IndexOf(':', StringComparison.Ordinal)] : null;
}
