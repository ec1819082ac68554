using Clinic.Contracts;
using Clinic.Contracts.Access;
using Clinic.Messaging;

namespace Clinic.Hosting.Access;

/// <summary>
/// Keeps a service's own copy of who is who and who treats whom: the owner's events as they are, in streams of the same names,
/// in the transaction that says they have been heard.
/// </summary>
public static class AccessFollowing
{
    private static readonly Dictionary<string, Func<Reaction, string, CancellationToken, Task>> Copies = new(StringComparer.Ordinal)
    {
        [ContractTypes.NameOf(typeof(SubjectLinked))] = Copy<SubjectLinked, KnownSubject>(e => KnownSubject.StreamId(e.SubjectHash)),
        [ContractTypes.NameOf(typeof(SubjectUnlinked))] = Copy<SubjectUnlinked, KnownSubject>(e => KnownSubject.StreamId(e.SubjectHash)),
        [ContractTypes.NameOf(typeof(CredentialCompromised))] = Copy<CredentialCompromised, KnownSubject>(e => KnownSubject.StreamId(e.SubjectHash)),
        [ContractTypes.NameOf(typeof(TherapistAssigned))] = Copy<TherapistAssigned, Relationships>(e => Relationships.StreamId(e.ClientId)),
        [ContractTypes.NameOf(typeof(TherapistReleased))] = Copy<TherapistReleased, Relationships>(e => Relationships.StreamId(e.ClientId))
    };

    /// <summary>Follows the owner of these facts.</summary>
    /// <param name="service">Who keeps the copy.</param>
    public static Reactions FollowAccess(this Reactions owner, string service)
    {
        Task Keep(Reaction reaction, CancellationToken ct) => reaction.KeepAccess(service, ct);
        return owner
            .On<SubjectLinked>((_, reaction, ct) => Keep(reaction, ct))
            .On<SubjectUnlinked>((_, reaction, ct) => Keep(reaction, ct))
            .On<CredentialCompromised>((_, reaction, ct) => Keep(reaction, ct))
            .On<TherapistAssigned>((_, reaction, ct) => Keep(reaction, ct))
            .On<TherapistReleased>((_, reaction, ct) => Keep(reaction, ct));
    }

    /// <summary>For a service that reacts to everything: does nothing about other events.</summary>
    public static Task KeepAccess(this Reaction reaction, string service, CancellationToken ct) =>
        Copies.TryGetValue(reaction.Message.Type, out var copy) ? copy(reaction, service, ct) : Task.CompletedTask;

    private static Func<Reaction, string, CancellationToken, Task> Copy<TEvent, TState>(Func<TEvent, string> stream)
        where TEvent : class where TState : class => async (reaction, service, ct) =>
    {
        var happened = reaction.Message.Read<TEvent>();
        await reaction.Scope(service, TimeProvider.System)
            .Execute<TEvent, TState>(happened, null, stream(happened), static (e, _, _, _) => [e], ct);
    };
}
