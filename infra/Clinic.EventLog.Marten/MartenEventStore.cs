using System.Data;
using System.Diagnostics;
using Marten;
using Npgsql;

namespace Clinic.EventLog.Marten;

/// <summary>The Marten engine: Marten's sessions read, fold and write; order, seals, inbox and guards are as with the built-in engine.</summary>
public sealed class MartenEventStore(Database database, EventTypes types, EventSeal seal, Signals signals) : IEventStore, IDisposable
{
    private readonly DocumentStore store = MartenDocuments.Open(database.Reader, types);

    public async Task<Loaded<TState>> Load<TState>(string tenant, string stream, LoadOptions options, CancellationToken ct)
        where TState : class
    {
        if (options is { Verified: true, AsOf: not null }) throw new ArgumentException("only the newest state can be verified", nameof(options));
        await using var connection = await database.Reader.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        return await DatabaseErrors.Unwrapped(MartenLoad.Run<TState>(store, transaction, types, seal, tenant, stream, options, ct));
    }

    public async Task<AppendResult> Append(AppendRequest request, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        var result = await Write(await AppendCommand.Prepare(request, types, seal, ct), ct);
        Diagnostics.Appended(result.Outcome, Stopwatch.GetElapsedTime(started));
        if (result.Outcome == AppendOutcome.Committed) signals.Appended.Set();
        return result;
    }

    /// <summary>The same engine inside a transaction somebody else commits.</summary>
    public IEventStore Inside(NpgsqlTransaction transaction) => new InTransaction(store, transaction, types, seal);

    public void Dispose() => store.Dispose();

    private async Task<AppendResult> Write(PreparedAppend append, CancellationToken ct)
    {
        await using var connection = await database.Writer.OpenConnectionAsync(ct);
        await using (var transaction = await connection.BeginTransactionAsync(ct))
        {
            var result = await MartenAppend.Run(store, transaction, append, ct);
            if (result.Outcome == AppendOutcome.Committed) await transaction.CommitAsync(ct);
            if (result.Outcome != AppendOutcome.Duplicate) return result;
        }
        // nothing of this call's is kept, so no stream stays locked while the first answer is looked up
        await using var asking = await connection.BeginTransactionAsync(ct);
        var repeated = await TakenStreams.Repeat(connection, append.Request.Tenant, append.Request.Inbox!, ct);
        await asking.CommitAsync(ct);
        return repeated;
    }

    private sealed class InTransaction(DocumentStore store, NpgsqlTransaction transaction, EventTypes types, EventSeal seal) : IEventStore
    {
        public Task<Loaded<TState>> Load<TState>(string tenant, string stream, LoadOptions options, CancellationToken ct) where TState : class =>
            DatabaseErrors.Unwrapped(MartenLoad.Run<TState>(store, transaction, types, seal, tenant, stream, options, ct));

        /// <summary>A conflict or a repeat leaves the transaction usable, as if nothing had been asked.</summary>
        public async Task<AppendResult> Append(AppendRequest request, CancellationToken ct)
        {
            var append = await AppendCommand.Prepare(request, types, seal, ct);
            await transaction.SaveAsync("marten", ct);
            var result = await MartenAppend.Run(store, transaction, append, ct);
            if (result.Outcome != AppendOutcome.Committed) await transaction.RollbackAsync("marten", ct);
            if (result.Outcome == AppendOutcome.Duplicate)
                result = await TakenStreams.Repeat(transaction.Connection!, request.Tenant, request.Inbox!, ct);
            await TakenStreams.End(transaction.Connection!, ct);
            return result;
        }
    }
}
