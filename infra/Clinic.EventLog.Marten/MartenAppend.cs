using JasperFx.Events;
using Marten;
using Marten.Services;
using Npgsql;

namespace Clinic.EventLog.Marten;

/// <summary>One append by a Marten session, in a transaction that somebody else commits.</summary>
internal static class MartenAppend
{
    /// <summary>
    /// Takes inbox row and streams, then lets Marten draw its numbers and write. So a stream's events get their numbers in the order of
    /// their versions, and a conflict burns none, though Marten by itself draws first (ADR 13).
    /// </summary>
    public static async Task<AppendResult> Run(DocumentStore store, NpgsqlTransaction transaction, PreparedAppend append, CancellationToken ct)
    {
        var connection = transaction.Connection ?? throw new InvalidOperationException("the transaction is over");
        var result = await TakenStreams.Take(connection, append, ct);
        if (result.Outcome == AppendOutcome.Committed && append.Events.Count > 0) await Write(store, transaction, append, ct);
        return result;
    }

    private static async Task Write(DocumentStore store, NpgsqlTransaction transaction, PreparedAppend append, CancellationToken ct)
    {
        var (request, _, events, _) = append;
        var options = SessionOptions.ForTransaction(transaction);
        options.TenantId = request.Tenant;
        await using var session = store.LightweightSession(options);
        // not the running trace's: these are sealed, and the append said what they are
        (session.CorrelationId, session.CausationId) = (request.Metadata.Correlation, request.Metadata.Causation);

        var texts = new Dictionary<object, string>(ReferenceEqualityComparer.Instance);
        var appended = new List<(IEvent, Seal)>(events.Count);
        var next = 0;
        foreach (var write in request.Writes)
        {
            var wrapped = new List<object>(write.Events.Count);
            foreach (var happened in write.Events)
            {
                var one = events[next++];
                if (!texts.TryAdd(happened.Data, one.Fields.Data) && texts[happened.Data] != one.Fields.Data)
                    throw new ArgumentException($"one {happened.Data.GetType().Name} object was given as two events", nameof(append));
                wrapped.Add(Wrap(session, happened, one.Fields, request.Metadata));
                appended.Add(((IEvent)wrapped[^1], one.Seal));
            }
            // Marten's word for it is the version the stream will have
            session.Events.Append(write.Stream, write.ExpectedVersion + write.Events.Count, wrapped);
        }
        session.QueueOperation(new QueuedSeals(appended));
        SealedJson.Use(texts);
        await DatabaseErrors.Unwrapped(session.SaveChangesAsync(ct));
    }

    private static IEvent Wrap(IDocumentSession session, NewEvent happened, SealedFields sealing, EventMetadata metadata)
    {
        var wrapped = session.Events.BuildEvent(happened.Data);
        wrapped.Id = happened.Id;
        wrapped.Timestamp = sealing.Timestamp;
        wrapped.UserName = sealing.User;
        (wrapped.CorrelationId, wrapped.CausationId) = (sealing.Correlation, sealing.Causation);
        foreach (var (name, value) in metadata.Headers) wrapped.SetHeader(name, value);
        return wrapped;
    }
}
