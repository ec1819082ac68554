using Clinic.Contracts;
using Clinic.Contracts.Intake;

namespace Clinic.Intake.Domain;

/// <summary>A client's data is kept until the hold is released.</summary>
public sealed record HoldPlaced(string HoldId, string ClientId, string Basis, string Reference, string PlacedBy);

/// <summary>The hold no longer keeps anything.</summary>
public sealed record HoldReleased(string HoldId, string ClientId, string ReleasedBy);

/// <summary>Recorded before any key dies.</summary>
/// <param name="Subjects">Whose keys intake destroys: the client's, and those of the referral the client came by.</param>
public sealed record ErasureRequested(
    string ErasureId, string ClientId, string Ground, string[] DataClasses, string[] Subjects, string RequestedBy);

/// <summary>Asked for, and kept.</summary>
public sealed record ErasureRefused(
    string ErasureId, string ClientId, string Ground, string ReasonCode, string[] HoldIds, string RequestedBy,
    DateTimeOffset? KeepUntil = null);

/// <summary>One service can no longer read anything personal of the client.</summary>
public sealed record ServiceErased(string ErasureId, string ClientId, string Service, int Keys);

/// <summary>No service can.</summary>
public sealed record ErasureCompleted(string ErasureId, string ClientId, int Keys);

/// <summary>
/// What keeps a client's data and what became of requests to erase it. One stream, so that a hold and an erasure decide on
/// one version. It holds nothing personal: it is what is still read when everything else is gone.
/// </summary>
/// <param name="Holds">Those that stand.</param>
/// <param name="Running">The erasure services have not all answered yet.</param>
/// <param name="Answered">Services that have, in that erasure.</param>
/// <param name="ErasedClasses">Data classes that are gone; <c>*</c> among them: all.</param>
public sealed record ClientErasure(
    string Id, string ClientId, HoldPlaced[] Holds, ServiceErased[] Answered, string[] ErasedClasses,
    ErasureRequested? Running = null, ErasureRefused? LastRefusal = null)
{
    /// <summary>Every class, those of the future included.</summary>
    public const string EveryClass = "*";

    /// <summary>Services that hold something personal about clients. Audit holds copies of public events only.</summary>
    public static IReadOnlyList<string> Services { get; } = ["intake", "consent", "session", "feedback"];

    public long Version { get; init; }

    public static string StreamId(string clientId) => $"erasure-{clientId}";

    /// <summary>True when nothing of these classes is left to erase.</summary>
    public bool Erased(string[] classes) => ErasedClasses.Contains(EveryClass) || classes.All(ErasedClasses.Contains);

    public static ClientErasure Create(HoldPlaced e) => New(e.ClientId).Apply(e);

    public static ClientErasure Create(ErasureRequested e) => New(e.ClientId).Apply(e);

    public static ClientErasure Create(ErasureRefused e) => New(e.ClientId).Apply(e);

    public ClientErasure Apply(HoldPlaced e) => this with { Holds = [.. Holds.Where(h => h.HoldId != e.HoldId), e] };

    public ClientErasure Apply(HoldReleased e) => this with { Holds = [.. Holds.Where(h => h.HoldId != e.HoldId)] };

    public ClientErasure Apply(ErasureRequested e) => this with { Running = e, Answered = [] };

    public ClientErasure Apply(ErasureRefused e) => this with { LastRefusal = e };

    public ClientErasure Apply(ServiceErased e) => this with { Answered = [.. Answered, e] };

    public ClientErasure Apply(ErasureCompleted e) => this with
    {
        ErasedClasses = [.. ErasedClasses.Union(Running?.DataClasses ?? [])],
        Running = null
    };

    private static ClientErasure New(string clientId) => new(StreamId(clientId), clientId, [], [], []);
}
