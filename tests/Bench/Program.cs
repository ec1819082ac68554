using Clinic.Bench;
using Clinic.Tests;

var options = Options.Parse(args);
if (options is null)
{
    Console.Error.WriteLine(Options.Usage);
    return 2;
}
await using var stack = new Stack();
var report = new Report(options);
(string Group, Func<Setup, Report, Task> Run)[] groups =
[
    ("append", Appending.Run),
    ("load", Loading.Run),
    ("rebuild", Rebuilding.Run),
    ("field", Fields.Run),
    ("lag", Lag.Run),
    ("bus", BusLag.Run),
    ("drift", DriftCost.Run),
    ("memory", Memory.Run),
    ("service", ServiceMemory.Run),
    ("proof", Proving.Run)
];
Report.Progress($"{Environment.ProcessorCount} cores shared by client and server; load {File.ReadAllText("/proc/loadavg").Split(' ')[0]}");
if (options.Full) groups = [.. groups, ("growth", Growth.Run)];
foreach (var (group, run) in groups.Where(g => options.Only is null || g.Group.Contains(options.Only, StringComparison.Ordinal)))
{
    // a database for each group: what one leaves behind does not slow the next
    await using var setup = await Setup.On(stack, options.Sequencer);
    await run(setup, report);
}
report.Write();
return 0;
