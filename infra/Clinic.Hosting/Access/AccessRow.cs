using Clinic.Contracts;

namespace Clinic.Hosting.Access;

/// <summary>Whose data an operation touches.</summary>
public enum Reach
{
    /// <summary>No record: health. Nobody is asked who they are.</summary>
    Open,

    /// <summary>What a signed release names; it is the credential.</summary>
    Release,

    /// <summary>The clinic's, no single client's. The role decides, and rules of the domain.</summary>
    Clinic,

    /// <summary>One client's. Client: itself only. Therapist: of record. Peer supporter: of that session. Others: their clinic's.</summary>
    Client
}

/// <summary>What a read shows, and so what is recorded before it does.</summary>
public enum Shows
{
    /// <summary>Nothing clinical.</summary>
    Nothing,

    /// <summary>One client's data: a <see cref="RecordViewed"/> first.</summary>
    Record,

    /// <summary>A list that names clients: a <see cref="RecordsListed"/> first.</summary>
    List
}

/// <summary>
/// One operation and who may do it. A service states all of its rows in one table; what has no row is refused. The words after
/// the roles are the whole policy, and docs/access.md is generated from them.
/// </summary>
/// <param name="Operation">Name of the route, or of the command's contract.</param>
/// <param name="Roles">One of them is needed.</param>
public record AccessRow(string Operation, string[] Roles)
{
    public Reach Reach { get; init; } = Reach.Clinic;

    public Shows Shows { get; init; }

    /// <summary>Needs a strong and recent login (RFC 9470), and so is never on the bus.</summary>
    public bool NeedsStepUp { get; init; }

    /// <summary>Done also when nobody can say whether who may do it has changed: refusing would harm more.</summary>
    public bool ToleratesStaleFacts { get; init; }

    /// <summary>The client concerned, from the command or from the state it changes; null when there is no such state.</summary>
    internal Func<object, object?, string?>? Client { get; init; }

    /// <summary>The practitioner of the very session the command is about.</summary>
    internal Func<object?, string?>? Practitioner { get; init; }

    /// <summary>A strong and recent login is needed.</summary>
    public AccessRow StepUp() => this with { NeedsStepUp = true };

    /// <summary>For what only ends something or raises an alert.</summary>
    public AccessRow EvenWhenStale() => this with { ToleratesStaleFacts = true };
}

/// <summary>A command's row, before it is said whose data the command is about.</summary>
public sealed record CommandRow<TCommand>(string Operation, string[] Roles) : AccessRow(Operation, Roles) where TCommand : class
{
    /// <summary>About the client that the command names.</summary>
    public AccessRow OnClient(Func<TCommand, string> client) =>
        this with { Reach = Reach.Client, Client = (command, _) => client((TCommand)command) };

    /// <summary>About the client of what the command changes; when there is no such thing, the answer is the same 404.</summary>
    /// <param name="practitioner">Whose session it is, where a peer supporter may act.</param>
    public AccessRow OnClientOf<TState>(Func<TState, string> client, Func<TState, string>? practitioner = null) where TState : class => this with
    {
        Reach = Reach.Client,
        Client = (_, state) => state is TState known ? client(known) : null,
        Practitioner = practitioner is null ? null : state => state is TState known ? practitioner(known) : null
    };
}

/// <summary>Begins a row.</summary>
public static class Allow
{
    /// <summary>A command, over every door it is mapped on.</summary>
    public static CommandRow<TCommand> Command<TCommand>(params string[] roles) where TCommand : class =>
        new(ContractTypes.NameOf(typeof(TCommand)), roles);

    /// <summary>A route that is no command of the bus and decides in the domain.</summary>
    public static AccessRow Route(string operation, params string[] roles) => new(operation, roles);

    /// <summary>A read of one client's record.</summary>
    public static AccessRow Read(string operation, params string[] roles) =>
        new(operation, roles) { Reach = Reach.Client, Shows = Shows.Record };

    /// <summary>A list that names clients.</summary>
    public static AccessRow List(string operation, params string[] roles) => new(operation, roles) { Shows = Shows.List };

    /// <summary>Content under a release that the deciding service has signed.</summary>
    public static AccessRow Released(string operation) => new(operation, []) { Reach = Reach.Release };

    internal static AccessRow Open(string operation) => new(operation, []) { Reach = Reach.Open };
}
