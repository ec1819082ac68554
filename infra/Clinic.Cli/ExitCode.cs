namespace Clinic.Cli;

/// <summary>Exit codes shared by all commands; the help text of <see cref="Program"/> documents them.</summary>
public static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int Refused = 3;

    /// <summary>Runs a command's work; expected failures become one line on standard error and an exit code.</summary>
    public static int Of(Action work)
    {
        try
        {
            work();
            return Done;
        }
        catch (RefusedException refused)
        {
            Console.Error.WriteLine($"clinic: refused: {refused.Message}");
            return Refused;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException
            or System.Security.Cryptography.CryptographicException or FormatException or ArgumentException)
        {
            Console.Error.WriteLine($"clinic: {failure.Message}");
            return Failed;
        }
    }
}

/// <summary>The command is not allowed here, or would break something that exists.</summary>
public sealed class RefusedException(string message) : Exception(message);
