using Clinic.Contracts;
using Clinic.Contracts.Messaging;
using Clinic.EventLog;
using Clinic.Hosting.Access;
using FluentValidation;

namespace Clinic.Hosting;

/// <summary>Identity of a command from outside: makes a repeat harmless.</summary>
public sealed record CommandIdentity(string Endpoint, string Sender, string MessageId, byte[] BodyHash, string? ReplyTo = null);

/// <summary>
/// One command on its way: who, why, and the store it writes to. <see cref="Execute{TCommand,TState}"/> is the whole pipeline,
/// the same for HTTP, AMQP and reactions: validate, load, decide, append.
/// </summary>
public sealed class CommandScope(
    IEventStore store, TimeProvider time, Actor actor, string? correlation, string? causation,
    IReadOnlyDictionary<string, string> headers, CommandIdentity? identity = null, long? expectedVersion = null,
    Admission? admission = null)
{
    /// <summary>Code of the refusal of an id that comes back with another body.</summary>
    public const string MessageIdReused = "message_id_reused";

    private const int Attempts = 4;

    /// <summary>Who acts.</summary>
    public Actor Actor => actor;

    /// <summary>Runs a handler that decides on one stream.</summary>
    public Task<CommandAccepted> Execute<TCommand, TState>(
        TCommand command, IValidator<TCommand>? validator, string stream,
        Func<TCommand, TState?, Actor, DateTimeOffset, object[]> handle, CancellationToken ct) where TState : class =>
        Execute<TCommand, TState, Actor>(command, validator, stream, (_, _) => Task.FromResult(actor), handle, ct);

    /// <summary>
    /// Runs a handler that decides on one stream and on facts read from others; what it reads as a guard must not have moved
    /// when its events are appended.
    /// </summary>
    /// <exception cref="ValidationException">The command is not well formed; names the fields.</exception>
    /// <exception cref="RuleViolation">A rule refuses it.</exception>
    /// <exception cref="NotFoundException">It is about a client whom the caller may not act on, or about nothing that exists.</exception>
    /// <exception cref="VersionConflictException">The stream is not at the version the caller expects, or keeps moving.</exception>
    public async Task<CommandAccepted> Execute<TCommand, TState, TFacts>(
        TCommand command, IValidator<TCommand>? validator, string stream, Func<FactLoader, CancellationToken, Task<TFacts>> load,
        Func<TCommand, TState?, TFacts, DateTimeOffset, object[]> handle, CancellationToken ct) where TState : class
    {
        if (validator is not null) await validator.ValidateAndThrowAsync(command, ct);
        for (var attempt = 1; ; attempt++)
        {
            var facts = new FactLoader(store, actor.Tenant);
            var (accepted, refusal) = ((CommandAccepted?)null, (RuleViolation?)null);

            async Task<Known<TState, TFacts>> Read(CancellationToken token)
            {
                var loaded = await store.Load<TState>(actor.Tenant, stream, default, token);
                // before anything that would tell a stranger that it exists
                if (admission is not null) await admission.Check(command!, loaded.State, token);
                if (expectedVersion is { } expected && expected != loaded.Version) throw new VersionConflictException(stream, expected, loaded.Version);
                facts.Know(stream, loaded.Version, loaded.At);
                var known = await load(facts, token);
                // read after the facts: for an earlier clock a withdrawal among them would lie in the future and not hold yet
                var now = EventSeal.Truncate(time.GetUtcNow());
                // and so would one that an instance with a faster clock has just recorded: time does not run back along what was read
                return new Known<TState, TFacts>(loaded.State, loaded.Version, known, facts.Latest > now ? facts.Latest : now);
            }

            async Task<AppendResult> Append(Known<TState, TFacts> known, object[] decided, CancellationToken token)
            {
                // thrown, a violation leaves no trace but the answer; returned with events it is a refusal that is on record
                refusal = decided.OfType<RuleViolation>().SingleOrDefault();
                if (refusal is not null) decided = [.. decided.Where(e => e is not RuleViolation)];

                var writes = await Writes(decided, stream, typeof(TState), facts, token);
                if (writes.Count > 0) facts.GuardOwn(stream, known.Version);
                accepted = new CommandAccepted(identity?.MessageId ?? causation ?? "", stream,
                    known.Version + decided.Count(e => e is not ForStream), writes.LastOrDefault()?.Events[^1].Id);
                return await store.Append(new AppendRequest(actor.Tenant,
                    new EventMetadata(actor.Id, known.Now, correlation, causation, headers), writes,
                    facts.Guards.Where(guard => writes.All(write => write.Stream != guard.Stream)).ToArray(), Inbox(refusal is null ? accepted : Refusals.Of(refusal, identity?.MessageId)!)), token);
            }

            var result = await Engine.Decide(store, command, new Decision<TState, TFacts>(actor.Tenant, stream, Read, Append), handle, ct);
            switch (result.Outcome)
            {
                case AppendOutcome.Committed: return refusal is null ? accepted! : throw refusal;
                case AppendOutcome.Duplicate: return First(result);
                default:
                    if (expectedVersion is not null) throw new VersionConflictException(stream, expectedVersion.Value, null);
                    if (attempt == Attempts) throw new VersionConflictException(result.ConflictingStream!, null, null);
                    break;
            }
        }
    }

    /// <summary>
    /// Stores a refusal with the command's identity, so that a repeat is refused alike. When the command had been answered before,
    /// nothing is stored and the result carries that first answer: a repeat may be refused by the very effect it once had.
    /// </summary>
    public Task<AppendResult> StoreRefusal(CommandRejected rejected, CancellationToken ct)
    {
        Diagnostics.Refused(rejected.Code);
        return store.Append(new AppendRequest(actor.Tenant,
            new EventMetadata(actor.Id, time.GetUtcNow(), correlation, causation, headers), [], [], Inbox(rejected)), ct);
    }

    /// <summary>Whether the command has an identity to recognise a repeat by.</summary>
    public bool IsIdentified => identity is not null;

    private InboxEntry? Inbox(object answer) => identity is null
        ? null
        : new InboxEntry(identity.Endpoint, identity.Sender, identity.MessageId, identity.BodyHash, answer, identity.ReplyTo);

    /// <summary>The answer given when the command came first.</summary>
    /// <exception cref="RuleViolation">It was a refusal, or it was to another body under the same id.</exception>
    public static CommandAccepted First(AppendResult result)
    {
        if (!result.SameBody) throw new RuleViolation(MessageIdReused, "This message id came before with another body.");
        return result.FirstAnswer switch
        {
            CommandAccepted accepted => accepted,
            CommandRejected rejected => throw new RuleViolation(rejected.Code, rejected.Reason, rejected.Field),
            _ => throw new InvalidOperationException("an inbox row holds no answer")
        };
    }

    private static async Task<List<StreamWrite>> Writes(object[] decided, string stream, Type state, FactLoader facts, CancellationToken ct)
    {
        var writes = new List<StreamWrite>();
        foreach (var group in decided.GroupBy(e => e is ForStream other ? (other.StreamId, other.State) : (stream, state)))
        {
            var (id, type) = group.Key;
            var events = group.Select(e => new NewEvent(Guid.CreateVersion7(), e is ForStream other ? other.Event : e)).ToArray();
            writes.Add(new StreamWrite(id, EventTypes.NameOf(type), await facts.VersionOf(type, id, ct), events));
        }
        return writes;
    }
}

/// <summary>A stream is not where the caller expects it: 412 with <c>If-Match</c>, otherwise 409 after several tries.</summary>
public sealed class VersionConflictException(string stream, long? expected, long? actual)
    : Exception(expected is null ? $"stream {stream} keeps changing" : $"stream {stream} is not at version {expected}")
{
    /// <summary>The caller named a version.</summary>
    public bool Expected => expected is not null;

    /// <summary>Where the stream stands, when known.</summary>
    public long? Actual => actual;
}
