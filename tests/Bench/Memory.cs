using System.Diagnostics;

namespace Clinic.Bench;

/// <summary>
/// What the engine holds: this process idle and under load. Client, floor and engine share the process, so it is an upper
/// bound for the engine and leaves out the HTTP and bus parts of a service. The floor is the process before the engine worked.
/// </summary>
internal static class Memory
{
    public static async Task Run(Setup setup, Report report)
    {
        var before = await Settled();
        var peak = before;
        using var stop = new CancellationTokenSource();
        var watching = Task.Run(async () =>
        {
            for (; !stop.IsCancellationRequested; await Task.Delay(50, CancellationToken.None)) peak = Math.Max(peak, Megabytes());
        });
        await Work.PerSecond(32, report.Options.Round * 2, (c, n) => Appending.Append(setup.Store, "m-" + Guid.NewGuid(), 0, Sample.Event(n)));
        await stop.CancelAsync();
        await watching;
        await setup.Drained();
        report.Add("memory of the bench process, peak under 32 writers", "MB", peak, before);
        report.Add("memory of the bench process, idle again", "MB", await Settled(), before);
    }

    private static async Task<double> Settled()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        await Task.Delay(500);
        return Megabytes();
    }

    private static double Megabytes()
    {
        using var self = Process.GetCurrentProcess();
        return self.WorkingSet64 / 1048576.0;
    }
}
