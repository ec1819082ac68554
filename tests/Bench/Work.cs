using System.Diagnostics;

namespace Clinic.Bench;

/// <summary>Callers that each do one thing after the other.</summary>
internal static class Work
{
    /// <summary>How often <paramref name="one"/> was done per second by this many callers at once.</summary>
    public static async Task<double> PerSecond(int callers, TimeSpan time, Func<int, long, Task> one)
    {
        var clock = Stopwatch.StartNew();
        long done = 0;
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            for (long n = 0; clock.Elapsed < time; n++)
            {
                await one(caller, n);
                Interlocked.Increment(ref done);
            }
        })));
        return done / clock.Elapsed.TotalSeconds;
    }

    /// <summary>Does <paramref name="one"/> at a steady rate until stopped, whatever it takes.</summary>
    public static async Task AtRate(int perSecond, Func<long, Task> one, CancellationToken stop)
    {
        if (perSecond == 0) return;
        var clock = Stopwatch.StartNew();
        var running = new List<Task>();
        for (long n = 0; !stop.IsCancellationRequested; n++)
        {
            var due = TimeSpan.FromSeconds(n / (double)perSecond) - clock.Elapsed;
            if (due > TimeSpan.FromMilliseconds(1)) await Task.Delay(due, CancellationToken.None);
            running.Add(one(n));
            if (running.Count == 1000) { await Task.WhenAll(running); running.Clear(); }
        }
        await Task.WhenAll(running);
    }
}
