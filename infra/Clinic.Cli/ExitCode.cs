using System.Net.Http;
using System.Security.Cryptography;
using Npgsql;
using RabbitMQ.Client.Exceptions;

namespace Clinic.Cli;

/// <summary>Exit codes shared by all commands; the help text of <see cref="Program"/> documents them.</summary>
public static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int Refused = 3;

    /// <summary>Runs a command's work; expected failures become one line on standard error and an exit code.</summary>
    public static int Of(Action work) => Of(() =>
    {
        work();
        return Task.FromResult(Done);
    }).GetAwaiter().GetResult();

    /// <inheritdoc cref="Of(Action)"/>
    public static async Task<int> Of(Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (RefusedException refused)
        {
            await Console.Error.WriteLineAsync($"clinic: refused: {refused.Message}");
            return Refused;
        }
        catch (UsageException usage)
        {
            await Console.Error.WriteLineAsync($"clinic: {usage.Message}");
            return Usage;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException or FormatException
            or ArgumentException or InvalidOperationException or NpgsqlException or HttpRequestException or TimeoutException or TaskCanceledException
            or BrokerUnreachableException or OperationInterruptedException)
        {
            await Console.Error.WriteLineAsync($"clinic: {failure.Message}");
            return Failed;
        }
    }
}

/// <summary>The command is not allowed here, or would break something that exists.</summary>
public sealed class RefusedException(string message) : Exception(message);

/// <summary>The options do not fit together, which only shows when the command looks.</summary>
public sealed class UsageException(string message) : Exception(message);
