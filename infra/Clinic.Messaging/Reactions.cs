using Clinic.Contracts;
using Clinic.EventLog;
using Npgsql;

namespace Clinic.Messaging;

/// <summary>
/// What a reaction may use. Everything it does through these commits together with "this event has had its effect", or not at all.
/// </summary>
/// <param name="Store">The event store, inside the transaction.</param>
/// <param name="Connection">The transaction's connection, for tables that are not event streams.</param>
/// <param name="Producer">Whose event it is.</param>
/// <param name="Message">The event.</param>
public sealed record Reaction(IEventStore Store, NpgsqlConnection Connection, string Producer, ReceivedMessage Message)
{
    /// <summary>The service itself acts, on behalf of whoever caused the event.</summary>
    public Actor ActingFor(string service) => new(service, Roles.Service, Message.Tenant, Message.OnBehalfOf ?? Message.Actor);
}

/// <summary>Which public events of one producer a service reacts to. Everything else only moves the checkpoint.</summary>
public sealed class Reactions(string producer)
{
    private readonly Dictionary<string, Func<Reaction, CancellationToken, Task>> byType = new(StringComparer.Ordinal);
    private Func<Reaction, CancellationToken, Task>? all;

    /// <summary>The service whose events these are.</summary>
    public string Producer => producer;

    /// <summary>Reacts to one contract.</summary>
    public Reactions On<TEvent>(Func<TEvent, Reaction, CancellationToken, Task> react)
    {
        byType.Add(ContractTypes.NameOf(typeof(TEvent)), (reaction, ct) => react(reaction.Message.Read<TEvent>(), reaction, ct));
        return this;
    }

    /// <summary>Reacts to every event, known or not, and before what is done about one contract.</summary>
    public Reactions OnEverything(Func<Reaction, CancellationToken, Task> react)
    {
        all = react;
        return this;
    }

    internal Func<Reaction, CancellationToken, Task>? For(string type) => (all, byType.GetValueOrDefault(type)) switch
    {
        ({ } every, { } one) => async (reaction, ct) =>
        {
            await every(reaction, ct);
            await one(reaction, ct);
        }
        ,
        var (every, one) => every ?? one
    };
}
