using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace Clinic.EventLog;

/// <summary>What is wrong right now: shown as degraded health, counted as a metric, logged once when it begins.</summary>
public sealed class Alarms(ILogger<Alarms> logger)
{
    private static readonly Counter<long> Raised = Diagnostics.Meter.CreateCounter<long>("clinic.alarms", "{alarm}", "Alarms raised, by name");
    private readonly ConcurrentDictionary<string, string> active = new();

    /// <summary>Alarms that have not been cleared: name and detail. Details hold ids, never personal data.</summary>
    public IReadOnlyDictionary<string, string> Active => active;

    /// <summary>Something is wrong. Repeating it updates the detail and logs nothing.</summary>
    public void Raise(string name, string detail)
    {
        var first = active.TryAdd(name, detail);
        if (!first) active[name] = detail;
        else
        {
            Raised.Add(1, new KeyValuePair<string, object?>("name", name));
            logger.LogError("Alarm {Alarm}: {Detail}", name, detail);
        }
    }

    /// <summary>It is right again.</summary>
    public void Clear(string name)
    {
        if (active.TryRemove(name, out _)) logger.LogInformation("Alarm {Alarm} cleared", name);
    }
}
