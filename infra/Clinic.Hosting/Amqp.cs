using Clinic.Contracts;
using Clinic.Contracts.Messaging;
using Clinic.EventLog;
using Clinic.Hosting.Access;
using Clinic.Messaging;
using Microsoft.Extensions.DependencyInjection;

namespace Clinic.Hosting;

/// <summary>Runs a command in the scope it is given; HTTP and AMQP call the same one.</summary>
public delegate Task<CommandAccepted> CommandHandler<in TCommand>(CommandScope scope, TCommand command, CancellationToken ct);

/// <summary>Commands from the bus.</summary>
public static class Amqp
{
    /// <summary>Accepts one command from clinic systems: its answer is stored with its effect and sent by the relay.</summary>
    /// <exception cref="InvalidOperationException">The command's policy row does not let clinic systems send it.</exception>
    public static IngressRoute Accept<TCommand>(this IServiceProvider services, CommandHandler<TCommand> handler)
    {
        var store = services.GetRequiredService<IEventStore>();
        var time = services.GetRequiredService<TimeProvider>();
        var signals = services.GetRequiredService<Signals>();
        var key = services.GetRequiredService<SealingKeys>();
        var facts = services.GetRequiredService<AccessFacts>();
        var contract = ContractTypes.NameOf(typeof(TCommand));
        var row = services.GetRequiredService<AccessTable>().Find(contract) ?? throw new InvalidOperationException($"{contract} has no policy row");
        // who a system speaks for cannot log in again over a queue
        if (row.NeedsStepUp) throw new InvalidOperationException($"{contract} needs step-up and cannot be on the bus");
        if (!row.Roles.Contains(Roles.ClinicSystem)) throw new InvalidOperationException($"{contract} is on the bus, but no clinic system may send it");

        async Task Accept(ForeignCommand message, CancellationToken ct)
        {
            var scope = Scope(message, message.MessageId!);
            try
            {
                await handler(scope, Sealed<TCommand>.Read(message, key), ct);
            }
            catch (RuleViolation e) when (e.Code == Sealed<TCommand>.MustBeEncrypted)
            {
                // the id stays free: sealed, the same command may come under it
                await Reject(message, Refusals.Of(e, message.MessageId)!, ct);
            }
            catch (Exception e) when (Refusals.Of(e, message.MessageId) is { } rejected)
            {
                var stored = await scope.StoreRefusal(rejected, ct);
                // the id belongs to the first body's answer, so the second body's gets an id of its own
                if (!stored.SameBody) await Reject(message, Reused(message.MessageId), ct);
            }
            signals.LogGrew();
        }

        async Task Reject(ForeignCommand message, CommandRejected rejected, CancellationToken ct)
        {
            // no usable id to recognise a repeat by
            await Scope(message, "refused-" + Guid.CreateVersion7()).StoreRefusal(rejected, ct);
            signals.LogGrew();
        }

        CommandScope Scope(ForeignCommand message, string id) => new(store, time,
            new Actor(message.User, Roles.ClinicSystem, message.Tenant), Text(message.CorrelationId) ?? Text(id), Text(id),
            Headers(new Actor(message.User, Roles.ClinicSystem, message.Tenant), message.TraceParent, null),
            new CommandIdentity(message.Contract, message.User, id, message.BodyHash, message.ReplyTo),
            admission: new Admission(row, new Actor(message.User, Roles.ClinicSystem, message.Tenant), facts));

        return new IngressRoute(contract, Accept, Reject);
    }

    private static CommandRejected Reused(string? id) =>
        new(CommandScope.MessageIdReused, "This message id came before with another body.", id);

    /// <summary>Ids from outside become event metadata for ever: short and printable, or not at all.</summary>
    internal static string? Text(string? id) => id is { Length: > 0 and <= 200 } && id.All(c => c is > ' ' and < (char)127) ? id : null;

    /// <summary>The scope of a reaction: the service acts, its store and checkpoint are one transaction.</summary>
    public static CommandScope Scope(this Reaction reaction, string service, TimeProvider time) => new(
        reaction.Store, time, reaction.ActingFor(service), reaction.Message.CorrelationId, reaction.Message.Id,
        Headers(reaction.ActingFor(service), reaction.Message.TraceParent, reaction.Message.PurposeOfUse));

    internal static Dictionary<string, string> Headers(Actor actor, string? traceParent, string? purpose)
    {
        var headers = new Dictionary<string, string> { [EventHeaders.Role] = actor.Role };
        if (actor.OnBehalfOf is not null) headers[EventHeaders.OnBehalfOf] = actor.OnBehalfOf;
        if (traceParent is not null) headers[EventHeaders.TraceParent] = traceParent;
        if (purpose is not null) headers[EventHeaders.PurposeOfUse] = purpose;
        return headers;
    }
}
