using Clinic.Contracts.Access;

namespace Clinic.Hosting.Access;

/// <summary>Who treats a client, as this service knows it: the owner's own stream, or a copy kept by reactions.</summary>
public sealed record Relationships(string Id, string? TherapistId)
{
    public long Version { get; init; }

    public static string StreamId(string clientId) => $"relationships-{clientId}";

    public static Relationships Create(TherapistAssigned e) => new(StreamId(e.ClientId), e.PractitionerId);

    /// <summary>Only a copy that begins late begins like this.</summary>
    public static Relationships Create(TherapistReleased e) => new(StreamId(e.ClientId), null);

    public Relationships Apply(TherapistAssigned e) => this with { TherapistId = e.PractitionerId };

    public Relationships Apply(TherapistReleased e) => this with { TherapistId = null };
}

/// <summary>Who a person of an identity authority is here, and since when its tokens count.</summary>
public sealed record KnownSubject(string Id, string? ClientId = null, string? PractitionerId = null, DateTimeOffset? TokensUpTo = null)
{
    public long Version { get; init; }

    public static string StreamId(string subjectHash) => $"subject-{subjectHash}";

    public static KnownSubject Create(SubjectLinked e) => new(StreamId(e.SubjectHash), e.ClientId, e.PractitionerId);

    public static KnownSubject Create(SubjectUnlinked e) => new(StreamId(e.SubjectHash));

    public static KnownSubject Create(CredentialCompromised e) => new(StreamId(e.SubjectHash), TokensUpTo: e.TokensUpTo);

    public KnownSubject Apply(SubjectLinked e) => this with { ClientId = e.ClientId, PractitionerId = e.PractitionerId };

    public KnownSubject Apply(SubjectUnlinked e) => this with { ClientId = null, PractitionerId = null };

    public KnownSubject Apply(CredentialCompromised e) => this with { TokensUpTo = e.TokensUpTo };
}
