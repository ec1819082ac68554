namespace Clinic.Contracts.Session;

/// <summary>
/// A client checked in from where their practitioner holds no licence: these colleagues hold one there. It is an offer; whoever is
/// booked meets the start gate like everybody.
/// </summary>
/// <param name="SessionId">The session that cannot begin there, or goes on there.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="Jurisdiction">Where the client is: ISO 3166-1 or 3166-2 code.</param>
/// <param name="PractitionerIds">At most five, none of them the session's own.</param>
[Contract("session.colleagues-offered.v1")]
public sealed record ColleaguesOffered(string SessionId, string ClientId, string Jurisdiction, string[] PractitionerIds);
