namespace Clinic.Contracts.Session;

/// <summary>Records what a contact cost a practitioner (S27).</summary>
/// <param name="ContactId">The record's own id.</param>
/// <param name="ClientId">For whom, by pseudonym.</param>
/// <param name="PractitionerId">Whose time.</param>
/// <param name="Kind">One of <see cref="ContactKinds"/>.</param>
/// <param name="Minutes">How much, 1 to 1440.</param>
/// <param name="About">Id of the session, thread, course or note.</param>
[Contract("session.record-contact-time.v1")]
public sealed record RecordContactTime(
    string ContactId, string ClientId, string PractitionerId, string Kind, int Minutes, string? About = null);
