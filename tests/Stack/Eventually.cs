using System.Diagnostics;

namespace Clinic.Tests;

/// <summary>Waits until something holds, instead of sleeping and hoping.</summary>
public static class Eventually
{
    /// <exception cref="TimeoutException">It did not hold in time; says what was waited for.</exception>
    public static async Task True(Func<Task<bool>> holds, string what, int seconds = 20)
    {
        var clock = Stopwatch.StartNew();
        while (!await holds())
        {
            if (clock.Elapsed.TotalSeconds > seconds) throw new TimeoutException($"not within {seconds} s: {what}");
            await Task.Delay(25);
        }
    }

    /// <exception cref="TimeoutException">It did not hold in time; says what was waited for.</exception>
    public static Task True(Func<bool> holds, string what, int seconds = 20) => True(() => Task.FromResult(holds()), what, seconds);
}
