using Clinic.Contracts.Access;

namespace Clinic.Intake.Domain;

/// <summary>
/// Who treats a client. A stream apart from the client's own, because it decides over access and is therefore loaded verified on
/// every check. Its events are public as they are; every service keeps a copy.
/// </summary>
/// <param name="PractitionerId">Null between two therapists.</param>
public sealed record TherapistOfRecord(string Id, string ClientId, string? PractitionerId)
{
    public long Version { get; init; }

    public static string StreamId(string clientId) => $"relationships-{clientId}";

    public static TherapistOfRecord Create(TherapistAssigned e) => new(StreamId(e.ClientId), e.ClientId, e.PractitionerId);

    public TherapistOfRecord Apply(TherapistAssigned e) => this with { PractitionerId = e.PractitionerId };

    public TherapistOfRecord Apply(TherapistReleased e) => this with { PractitionerId = null };
}
