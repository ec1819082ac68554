using System.Data.Common;
using JasperFx;
using JasperFx.Events;
using JasperFx.MultiTenancy;
using Marten;
using Marten.Services.Json.Transformations;
using Npgsql;
using Weasel.Core;

namespace Clinic.EventLog.Marten;

/// <summary>Marten as this database needs it: our tables, stored names, JSON and tenants.</summary>
public static class MartenDocuments
{
    /// <summary>A store over a database that our migrator made.</summary>
    /// <param name="source">Where Marten opens connections of its own; the engine brings its connections itself.</param>
    /// <param name="types">Every state is folded by Marten, every event read through these types: decrypted and upcast.</param>
    public static DocumentStore Open(NpgsqlDataSource source, EventTypes types) => DocumentStore.For(options => Configure(options, source, types));

    /// <summary>The same settings for a host that makes the store itself.</summary>
    public static void Configure(StoreOptions options, NpgsqlDataSource source, EventTypes types)
    {
        options.Connection(source);
        options.DatabaseSchemaName = "public";
        options.AutoCreateSchemaObjects = AutoCreate.None;
        options.Serializer(new SealedJson { Casing = Casing.CamelCase, EnumStorage = EnumStorage.AsString });
        options.Events.StreamIdentity = StreamIdentity.AsString;
        options.Events.TenancyStyle = TenancyStyle.Conjoined;
        // versions, numbers and instants are known before anything is written: seals cover them
        options.Events.AppendMode = EventAppendMode.Rich;
        options.Events.MetadataConfig.EnableAll();
        // "all" leaves this one out
        options.Events.MetadataConfig.UserNameEnabled = true;
        foreach (var (name, type) in types.All) options.Events.MapEventType(type, name);
        // Marten's hook for reading an event in a form of one's own; it keeps Marten from trusting the stored .NET type, too
        foreach (var (name, type) in types.Readable) options.Events.Upcast(type, name, Reading(types, name));
        foreach (var state in types.States) Fold(options, state);
    }

    private static JsonTransformation Reading(EventTypes types, string name) => new(
        (_, row, data) => types.Read(name, row.GetFieldValue<byte[]>(data)),
        (_, row, data, ct) => types.Read(name, row.GetFieldValue<byte[]>(data), Text(row, "tenant_id"), Text(row, "stream_id"), row.GetGuid(row.GetOrdinal("id")), ct));

    private static string Text(DbDataReader row, string column) => row.GetString(row.GetOrdinal(column));

    private static void Fold(StoreOptions options, Type state) =>
        typeof(MartenDocuments).GetMethod(nameof(FoldLive), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
            .MakeGenericMethod(state).Invoke(null, [options]);

    private static void FoldLive<TState>(StoreOptions options) where TState : class => options.Projections.LiveStreamAggregation<TState>();
}
