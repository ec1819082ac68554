using System.Collections.Concurrent;
using Clinic.EventLog;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

[assembly: AssemblyFixture(typeof(Clinic.Tests.Stack))]

namespace Clinic.Tests.Infra;

public sealed record Counted(long Amount, string? Note = null);

public sealed record Halved;

public sealed record Weighed(decimal Kilograms);

/// <summary>The smallest state there is: infra knows no domain, so neither do its tests.</summary>
public sealed record Counter(string Id, long Total, string[] Notes)
{
    public long Version { get; init; }

    public static Counter Create(Counted e) => new Counter("counter", 0, []).Apply(e);

    public static Counter Create(Weighed e) => new("counter", 0, [e.Kilograms.ToString()]);

    public Counter Apply(Counted e) => this with { Total = Total + e.Amount, Notes = e.Note is null ? Notes : [.. Notes, e.Note] };

    public Counter Apply(Halved e) => this with { Total = Total / 2 };
}

/// <summary>One instance of a service that counts, on a database of its own or of another instance.</summary>
public sealed class Probe : IAsyncDisposable
{
    public const string North = "north";
    public static readonly EventTypes Types = new(typeof(Counter));
    public static readonly EventSeal Seal = new(Stack.Installation, "probe", new MacKey("k1", new byte[32]));
    public static readonly string SealingKey = System.Security.Cryptography.ECDiffieHellman.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256).ExportPkcs8PrivateKeyPem();
    public static readonly EventSeal ForeignSeal = new(Stack.Installation, "probe", new MacKey("k1", [.. Enumerable.Repeat((byte)7, 32)]));

    private readonly List<BackgroundService> running = [];
    private readonly bool ownsDatabase;

    private Probe(TestDatabase test, Database database, bool ownsDatabase)
    {
        (Test, Database, this.ownsDatabase) = (test, database, ownsDatabase);
        Alarms = new Alarms(Log.For<Alarms>());
        Store = new EventStore(database, Types, Seal, Signals);
    }

    public TestDatabase Test { get; }
    public Database Database { get; }
    public Signals Signals { get; } = new();
    public Alarms Alarms { get; }

    /// <summary>The built-in engine, unless another is under test.</summary>
    public IEventStore Store { get; set; }

    public Log Log { get; } = new();

    public static async Task<Probe> On(Stack stack, params SchemaScript[] scripts)
    {
        var test = await stack.NewDatabase("probe", scripts);
        return new Probe(test, test.Database, ownsDatabase: true);
    }

    /// <summary>Another process of the same service, with a way of its own to the database when <paramref name="port"/> is given.</summary>
    public Probe SecondInstance(int? port = null) => new(Test, new Database(Test.Settings with { Port = port ?? Test.Settings.Port }), ownsDatabase: false);

    public async Task<AppendResult> Append(string stream, long expected, params object[] events) =>
        await Store.Append(Request([Write(stream, expected, events)]));

    public Sequencer NewSequencer(EventSeal? seal = null) => new(Database, seal ?? Seal, Signals, Alarms, Log.For<Sequencer>());

    public async Task<Probe> WithSequencer() { await Start(NewSequencer()); return this; }

    public async Task<T> Start<T>(T service) where T : BackgroundService
    {
        running.Add(service);
        await service.StartAsync(CancellationToken.None);
        return service;
    }

    public Task LogHas(long size) => Eventually.True(
        async () => await Test.Value<long>("select size from clinic.log_head") == size, $"{size} events in the log");

    public async Task<List<LoggedEvent>> ReadLog(long after = -1)
    {
        await using var connection = await Database.Worker.OpenConnectionAsync();
        return await LogReader.After(connection, Types, after, 1_000_000, CancellationToken.None);
    }

    public static AppendRequest Request(StreamWrite[] writes, StreamGuard[]? guards = null, InboxEntry? inbox = null, string tenant = North) =>
        new(tenant, Metadata, writes, guards ?? [], inbox);

    public static StreamWrite Write(string stream, long expected, params object[] events) =>
        new(stream, "counter", expected, [.. events.Select(e => new NewEvent(Guid.NewGuid(), e))]);

    public static EventMetadata Metadata => new("tester", DateTimeOffset.UtcNow, "correlation", "cause", new Dictionary<string, string> { ["role"] = "tester" });

    /// <summary>Stops what was started; the database stays.</summary>
    public async Task StopAll()
    {
        foreach (var service in Enumerable.Reverse(running)) await service.StopAsync(CancellationToken.None);
        running.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAll();
        if (ownsDatabase) await Test.DisposeAsync();
        else await Database.DisposeAsync();
    }
}

/// <summary>Keeps what was logged, for expectations on it.</summary>
public sealed class Log : ILoggerProvider
{
    private readonly ConcurrentQueue<string> lines = new();

    public IEnumerable<string> Lines => lines;

    public ILogger<T> For<T>() => new LoggerFactory([this]).CreateLogger<T>();

    public ILogger CreateLogger(string categoryName) => new Writer(lines);

    public void Dispose()
    {
    }

    private sealed class Writer(ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel level, EventId id, TState state, Exception? error, Func<TState, Exception?, string> format)
        {
            var line = $"{level}: {format(state, error)}{error}";
            lines.Enqueue(line);
            // shown when the test fails
            if (level >= LogLevel.Warning) TestContext.Current.TestOutputHelper?.WriteLine(line);
        }
    }
}
