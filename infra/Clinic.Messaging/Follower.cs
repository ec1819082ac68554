using System.Diagnostics;
using System.Text.Json;
using Clinic.Contracts;
using Clinic.Contracts.Messaging;
using Clinic.EventLog;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace Clinic.Messaging;

/// <summary>
/// Applies one producer's public events in sequence order, each exactly once (decision 5): up to the last one dropped, the
/// next one applied, anything above a gap parked until the gap is filled. The effect and the checkpoint are one transaction.
/// </summary>
/// <param name="inside">The engine that writes in our transaction; null for the built-in one.</param>
public sealed class Follower(
    Database database, EventTypes types, EventSeal seal, Signals signals, Reactions reactions, Alarms alarms, ILogger<Follower> logger,
    Func<NpgsqlTransaction, IEventStore>? inside = null)
{
    private const int Attempts = 5;
    private readonly string producer = reactions.Producer;
    private readonly string alarm = $"parked-{reactions.Producer}";

    /// <summary>Whose events these are.</summary>
    public string Producer => producer;

    /// <summary>Takes one message. Returns when it has had its effect or is kept; the message may then be acknowledged.</summary>
    public async Task Receive(ReceivedMessage message, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await Take(message, ct);
                break;
            }
            catch (NpgsqlException e) when (IsAway(e))
            {
                // the database is away: nothing behind this message may overtake it, so it waits here, in place
                logger.LogWarning("{Producer} {Sequence}: database unavailable, trying again", producer, message.Sequence);
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(5000, 100 * attempt)), ct);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                if (attempt < Attempts)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(50 * attempt), ct);
                    continue;
                }
                await ParkUnhandled(message, e, ct);
                return;
            }
        }
        try
        {
            await Heal(ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // an earlier event still cannot be handled; this one is safe, and the timer tries again
            logger.LogWarning("{Producer}: a parked event could still not be handled: {Error}", producer, e.GetType().Name);
        }
    }

    /// <summary>Applies parked events that are next in line now. Called after every message and by a timer.</summary>
    public async Task Heal(CancellationToken ct)
    {
        while (await HealOne(ct))
        {
        }
        // another instance, or a second delivery, may have handled what raised it
        if (alarms.Active.ContainsKey(alarm) && !await AnyUnhandled(ct)) alarms.Clear(alarm);
    }

    private async Task Take(ReceivedMessage message, CancellationToken ct)
    {
        await using var connection = await database.Worker.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var last = await Last(connection, ct);
        if (message.Type == ContractTypes.NameOf(typeof(Heartbeat)))
        {
            await Hear(connection, last, message.Read<Heartbeat>(), ct);
        }
        else if (message.Sequence == last + 1)
        {
            await Apply(transaction, message, ct);
        }
        else if (message.Sequence > last)
        {
            await Park(connection, message, "gap", ct);
        }
        await transaction.CommitAsync(ct);
        if (message.Sequence == last + 1) signals.Appended.Set();
    }

    /// <summary>The row lock makes the checkpoint a fence: two instances cannot apply the same event.</summary>
    private async Task<long> Last(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                Sql.Statement("insert into clinic.consumer (producer) values ($1) on conflict do nothing", producer),
                Sql.Statement("select last from clinic.consumer where producer = $1 for update", producer)
            }
        };
        return (long)(await batch.ExecuteScalarAsync(ct))!;
    }

    private async Task Apply(NpgsqlTransaction transaction, ReceivedMessage message, CancellationToken ct)
    {
        var connection = transaction.Connection!;
        using var span = Diagnostics.Start("apply " + message.Type, ActivityKind.Consumer, message.TraceParent);
        span?.SetTag("clinic.producer", producer).SetTag("clinic.sequence", message.Sequence);
        var known = message with { TraceParent = Diagnostics.Carry(span, message.TraceParent) };
        try
        {
            if (reactions.For(message.Type) is { } react)
                await react(new Reaction(inside?.Invoke(transaction) ?? new TransactionalEventStore(connection, types, seal), connection, producer, known), ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // the type only: a message may quote what the event says
            span?.SetStatus(ActivityStatusCode.Error, e.GetType().Name);
            throw;
        }
        await Execute(connection, ct, Sql.Statement("""
            update clinic.consumer set last = $2, heard = greatest(heard, $2),
                gap_since = case when heard > $2 then gap_since end
            where producer = $1
            """, producer, message.Sequence));
    }

    private async Task Hear(NpgsqlConnection connection, long last, Heartbeat heartbeat, CancellationToken ct)
    {
        if (heartbeat.Producer != producer) throw new FormatException($"heartbeat of {heartbeat.Producer} in the queue of {producer}");
        // an instant counts only when everything up to it has had its effect here
        await Execute(connection, ct, heartbeat.Sequence <= last
            ? Sql.Statement("update clinic.consumer set as_of = greatest(as_of, $2) where producer = $1", producer, heartbeat.AsOf)
            : Sql.Statement("""
                update clinic.consumer set heard = greatest(heard, $2), gap_since = coalesce(gap_since, clock_timestamp()) where producer = $1
                """, producer, heartbeat.Sequence));
    }

    private async Task Park(NpgsqlConnection connection, ReceivedMessage message, string reason, CancellationToken ct)
    {
        await Execute(connection, ct,
            new NpgsqlBatchCommand("insert into clinic.parked (producer, sequence, message, reason) values ($1, $2, $3, $4) on conflict do nothing")
            {
                Parameters =
                {
                    new() { Value = producer }, new() { Value = message.Sequence },
                    new() { NpgsqlDbType = NpgsqlDbType.Jsonb, Value = JsonSerializer.Serialize(message) }, new() { Value = reason }
                }
            },
            Sql.Statement("""
                update clinic.consumer set heard = greatest(heard, $2), gap_since = coalesce(gap_since, clock_timestamp()) where producer = $1
                """, producer, message.Sequence));
        if (reason == "gap") logger.LogWarning("{Producer} {Sequence} parked: an earlier event is missing", producer, message.Sequence);
    }

    /// <summary>An event we cannot handle blocks what follows, visibly, rather than being skipped.</summary>
    private async Task ParkUnhandled(ReceivedMessage message, Exception error, CancellationToken ct)
    {
        alarms.Raise(alarm, $"sequence {message.Sequence} ({message.Type}): {error.GetType().Name}");
        logger.LogError("{Producer} {Sequence} {Type} could not be handled: {Error}", producer, message.Sequence, message.Type, error.GetType().Name);
        await using var connection = await database.Worker.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (message.Sequence > await Last(connection, ct)) await Park(connection, message, error.GetType().Name, ct);
        await transaction.CommitAsync(ct);
    }

    private async Task<bool> HealOne(CancellationToken ct)
    {
        await using var connection = await database.Worker.OpenConnectionAsync(ct);
        await using (var any = new NpgsqlCommand("""
            select exists (select from clinic.parked p join clinic.consumer c using (producer)
                           where c.producer = $1 and (p.sequence = c.last + 1 or p.sequence <= c.last))
            """, connection)
        { Parameters = { new() { Value = producer } } })
            if (!(bool)(await any.ExecuteScalarAsync(ct))!) return false;

        await using var transaction = await connection.BeginTransactionAsync(ct);
        var last = await Last(connection, ct);
        await Execute(connection, ct, Sql.Statement("delete from clinic.parked where producer = $1 and sequence <= $2", producer, last));
        await using var next = new NpgsqlCommand(
            "delete from clinic.parked where producer = $1 and sequence = $2 returning message, reason", connection)
        { Parameters = { new() { Value = producer }, new() { Value = last + 1 } } };
        ReceivedMessage? message = null;
        await using (var reader = await next.ExecuteReaderAsync(ct))
            if (await reader.ReadAsync(ct)) message = JsonSerializer.Deserialize<ReceivedMessage>(reader.GetString(0));
        try
        {
            if (message is not null) await Apply(transaction, message, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException && !IsAway(e))
        {
            // it may have been parked for a gap only, without an alarm
            alarms.Raise(alarm, $"sequence {message!.Sequence} ({message.Type}): {e.GetType().Name}");
            throw;
        }
        await transaction.CommitAsync(ct);
        signals.Appended.Set();
        return message is not null;
    }

    private async Task<bool> AnyUnhandled(CancellationToken ct)
    {
        await using var command = database.Worker.CreateCommand("select exists (select from clinic.parked where producer = $1 and reason <> 'gap')");
        command.Parameters.Add(new NpgsqlParameter { Value = producer });
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>The database cannot answer now; nothing is wrong with the event.</summary>
    private static bool IsAway(Exception error) => error is NpgsqlException e && (e is not PostgresException || e.IsTransient);

    private static async Task Execute(NpgsqlConnection connection, CancellationToken ct, params NpgsqlBatchCommand[] statements)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var statement in statements) batch.BatchCommands.Add(statement);
        await batch.ExecuteNonQueryAsync(ct);
    }
}
