using System.Runtime.ExceptionServices;
using Marten.Exceptions;
using Npgsql;

namespace Clinic.EventLog.Marten;

/// <summary>
/// Marten wraps what the database says in exceptions of its own, statements included. Callers know a database that does not answer, or
/// refuses, by Npgsql's exceptions, whichever engine runs: they answer 503, try again, and log no statement.
/// </summary>
internal static class DatabaseErrors
{
    public static async Task Unwrapped(Task work)
    {
        try
        {
            await work;
        }
        catch (MartenException e) when (e.InnerException is NpgsqlException inner)
        {
            ExceptionDispatchInfo.Throw(inner);
        }
    }

    public static async Task<T> Unwrapped<T>(Task<T> work)
    {
        await Unwrapped((Task)work);
        return await work;
    }
}
