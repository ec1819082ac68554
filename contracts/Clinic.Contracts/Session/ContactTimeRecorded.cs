namespace Clinic.Contracts.Session;

/// <summary>What a contact cost a practitioner, for measures of effort (S27).</summary>
/// <param name="ContactId">The record's own id.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="PractitionerId">Whose time.</param>
/// <param name="Kind">One of <see cref="ContactKinds"/>.</param>
/// <param name="Minutes">How much.</param>
/// <param name="About">Id of the session, thread, course or note.</param>
[Contract("session.contact-time-recorded.v1")]
public sealed record ContactTimeRecorded(
    string ContactId, string ClientId, string PractitionerId, string Kind, int Minutes, string? About = null);
