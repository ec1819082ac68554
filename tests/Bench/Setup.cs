using Clinic.EventLog;
using Clinic.Tests;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Clinic.Bench;

/// <summary>Both sides on one database: the engine with its sequencer, and the floor beside it.</summary>
internal sealed class Setup : IAsyncDisposable
{
    private readonly List<BackgroundService> running = [];
    private readonly Database floorDatabase;

    private Setup(Stack stack, TestDatabase test)
    {
        (Stack, Test) = (stack, test);
        floorDatabase = new Database(test.Settings);
        Floor = new Floor(floorDatabase.Writer);
        Alarms = new Alarms(NullLogger<Alarms>.Instance);
        Store = new EventStore(test.Database, Sample.Types, Sample.Seal, Signals);
        Marten = OtherEngine.Open(test.Database, Signals);
    }

    public Stack Stack { get; }
    public TestDatabase Test { get; }
    public Database Database => Test.Database;
    public Signals Signals { get; } = new();
    public Alarms Alarms { get; }
    public IEventStore Store { get; }

    /// <summary>The other engine on the same database; null when it is not compiled in.</summary>
    public IEventStore? Marten { get; }
    public Floor Floor { get; }

    /// <summary>Plain reads of the floor's tables.</summary>
    public NpgsqlDataSource FloorReader => floorDatabase.Reader;

    public static async Task<Setup> On(Stack stack, bool sequencer)
    {
        var test = await stack.NewDatabase("probe", [.. OtherEngine.Scripts, new SchemaScript("bench_view", """
            create table views.bench (tenant_id text not null, id uuid primary key, client text, minutes bigint);
            select clinic.protect_by_tenant('views.bench');
            create function public.bench_seen(p_id uuid) returns void language plpgsql as $$ begin
                while not exists (select from views.bench where id = p_id) loop perform pg_sleep(0.0002); end loop;
            end $$;
            """)]);
        await test.AsSuperuser(Floor.Schema);
        var setup = new Setup(stack, test);
        if (sequencer) await setup.Start(new Sequencer(test.Database, Sample.Seal, setup.Signals, setup.Alarms, NullLogger<Sequencer>.Instance));
        return setup;
    }

    public async Task Start(BackgroundService service)
    {
        running.Add(service);
        await service.StartAsync(CancellationToken.None);
    }

    /// <summary>Nobody pays for the other's leftovers: returns when every event has its position.</summary>
    public Task Drained() => running.Count == 0 ? Task.CompletedTask : Eventually.True(
        async () => !await Test.Value<bool>("select exists (select from clinic.log_queue)"), "an empty queue", 120);

    public async ValueTask DisposeAsync()
    {
        foreach (var service in Enumerable.Reverse(running)) await service.StopAsync(CancellationToken.None);
        await Floor.DisposeAsync();
        (Store as IDisposable)?.Dispose();
        (Marten as IDisposable)?.Dispose();
        await floorDatabase.DisposeAsync();
        await Test.DisposeAsync();
    }
}
