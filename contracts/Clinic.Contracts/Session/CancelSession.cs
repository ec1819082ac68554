namespace Clinic.Contracts.Session;

/// <summary>Cancels a session that has not started.</summary>
/// <param name="SessionId">The scheduled session.</param>
/// <param name="By">One of <see cref="Parties"/>; <c>consent-withdrawn</c> is for this system itself.</param>
/// <param name="Reason">Free text; stored, never published. Never required.</param>
[Contract("session.cancel-session.v1")]
public sealed record CancelSession(string SessionId, string By, [property: Sensitive] string? Reason = null);
