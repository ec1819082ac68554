namespace Clinic.Contracts;

/// <summary>
/// Somebody was shown a list that names several clients: one event for the whole list, appended before the bytes go out, and
/// published as it is. Source: ISO 27789.
/// </summary>
/// <param name="ClientIds">Every client named in what was shown, by pseudonym.</param>
/// <param name="Viewer">The actor who was shown it.</param>
/// <param name="ViewerRole">In which role.</param>
/// <param name="Projection">Which list, for example <c>worklist</c>.</param>
/// <param name="PurposeOfUse">HL7 v3 ActReason code.</param>
[Contract("records.listed.v1")]
public sealed record RecordsListed(string[] ClientIds, string Viewer, string ViewerRole, string Projection, string PurposeOfUse);
