using Clinic.EventLog;

namespace Clinic.Hosting;

/// <summary>What a handler decides on, as it stood when it was read.</summary>
internal sealed record Known<TState, TFacts>(TState? State, long Version, TFacts Facts, DateTimeOffset Now) where TState : class;

/// <summary>One try of a command without its handler: what it reads, and what becomes of its events.</summary>
internal sealed record Decision<TState, TFacts>(
    string Tenant, string Stream, Func<CancellationToken, Task<Known<TState, TFacts>>> Read,
    Func<Known<TState, TFacts>, object[], CancellationToken, Task<AppendResult>> Append) where TState : class
{
    /// <summary>The line everything here is about: read, decide, append.</summary>
    public async Task<AppendResult> Run<TCommand>(TCommand command, Func<TCommand, TState?, TFacts, DateTimeOffset, object[]> handle, CancellationToken ct)
    {
        var known = await Read(ct);
        return await Append(known, handle(command, known.State, known.Facts, known.Now), ct);
    }
}
