namespace Clinic.Contracts.Session;

/// <summary>A session will not take place.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="By">One of <see cref="Parties"/>.</param>
/// <param name="NoticeHours">Whole hours before the planned start; 0 when less or past.</param>
[Contract("session.cancelled.v1")]
public sealed record SessionCancelled(string SessionId, string ClientId, string By, int NoticeHours);
