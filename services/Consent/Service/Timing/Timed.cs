using Clinic.Contracts;
using Clinic.EventLog;
using Clinic.Hosting;

namespace Clinic.Consent.Service.Timing;

/// <summary>A deadline acts as the service itself.</summary>
internal static class Timed
{
    /// <summary>For a deadline that is one command: its identity makes it happen once, whoever fires it and how often.</summary>
    public static CommandScope Once(IServiceProvider services, DueDeadline due) =>
        Scope(services, due, new CommandIdentity(DueDeadline.Endpoint, Handling.Service, due.MessageId, due.BodyHash));

    /// <summary>For a deadline that is many commands, each of which changes nothing a second time.</summary>
    public static CommandScope Each(IServiceProvider services, DueDeadline due) => Scope(services, due, null);

    /// <summary>Each of them, whatever becomes of another; what failed is thrown at the end, so that the deadline comes again.</summary>
    public static async Task ForEach<T>(IEnumerable<T> many, Func<T, Task> act, CancellationToken ct)
    {
        List<Exception> failed = [];
        foreach (var one in many)
        {
            ct.ThrowIfCancellationRequested();
            try
            {
                await act(one);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                failed.Add(e);
            }
        }
        if (failed.Count > 0) throw new AggregateException(failed);
    }

    private static CommandScope Scope(IServiceProvider services, DueDeadline due, CommandIdentity? identity)
    {
        var by = new Actor(Handling.Service, Roles.Service, due.Tenant);
        return new CommandScope(services.GetRequiredService<IEventStore>(), services.GetRequiredService<TimeProvider>(), by, due.Name, due.Name,
            new Dictionary<string, string> { [EventHeaders.Role] = by.Role }, identity);
    }
}
