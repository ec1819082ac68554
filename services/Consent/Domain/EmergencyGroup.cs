using Clinic.Contracts;
using Clinic.Contracts.Consent;

namespace Clinic.Consent.Domain;

public sealed record EmergencyUserAuthorised(string UserId);

public sealed record EmergencyUserRevoked(string UserId);

/// <summary>Who may break the glass in this clinic. One stream.</summary>
public sealed record EmergencyGroup(string Id, string[] Members)
{
    public const string StreamId = "emergency.group";

    public long Version { get; init; }

    public static EmergencyGroup Create(EmergencyUserAuthorised e) => new(StreamId, [e.UserId]);

    public EmergencyGroup Apply(EmergencyUserAuthorised e) => this with { Members = [.. Members, e.UserId] };

    public EmergencyGroup Apply(EmergencyUserRevoked e) => this with { Members = [.. Members.Where(m => m != e.UserId)] };
}
