namespace Clinic.Contracts;

/// <summary>
/// Somebody was shown clinical data. Appended to the client's access stream of the day before the bytes go out, and
/// published as it is. Source: ISO 27789; 45 CFR 164.312(b).
/// </summary>
/// <param name="ClientId">Whose record, by pseudonym.</param>
/// <param name="Viewer">The actor who was shown it.</param>
/// <param name="ViewerRole">In which role.</param>
/// <param name="Projection">Which view, for example <c>consents</c>.</param>
/// <param name="PurposeOfUse">HL7 v3 ActReason code, for example TREAT, or HLEGAL for an audit.</param>
/// <param name="ReleaseId">The disclosure this view served, where it did.</param>
[Contract("record.viewed.v1")]
public sealed record RecordViewed(
    string ClientId, string Viewer, string ViewerRole, string Projection, string PurposeOfUse, string? ReleaseId = null);
