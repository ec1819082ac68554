using System.Data.Common;
using JasperFx.Events;
using NpgsqlTypes;
using Weasel.Storage;
using ICommandBuilder = Weasel.Postgresql.ICommandBuilder;
using OperationRole = Weasel.Core.OperationRole;

namespace Clinic.EventLog.Marten;

/// <summary>The queue rows of an append, in Marten's own batch: an event without its seal, or a seal without its event, cannot be committed.</summary>
internal sealed class QueuedSeals(IReadOnlyList<(IEvent Event, Seal Seal)> appended)
    : global::Marten.Internal.Operations.IStorageOperation, NoDataReturnedCall
{
    public Type DocumentType => typeof(IEvent);

    public OperationRole Role() => OperationRole.Other;

    /// <summary>Called when Marten has drawn the numbers.</summary>
    public void ConfigureCommand(ICommandBuilder builder, IStorageSession session)
    {
        builder.Append("insert into clinic.log_queue (seq_id, event_id, event_hash, mac, mac_key) select * from unnest(");
        builder.AppendParameter(appended.Select(a => a.Event.Sequence).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint);
        builder.Append(", ");
        builder.AppendParameter(appended.Select(a => a.Event.Id).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Uuid);
        builder.Append(", ");
        builder.AppendParameter(appended.Select(a => a.Seal.Hash).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bytea);
        builder.Append(", ");
        builder.AppendParameter(appended.Select(a => a.Seal.Mac).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bytea);
        builder.Append(", ");
        builder.AppendParameter(appended.Select(a => a.Seal.MacKeyId).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);
        builder.Append(")");
    }

    public Task PostprocessAsync(DbDataReader reader, IList<Exception> exceptions, CancellationToken token) => Task.CompletedTask;
}
