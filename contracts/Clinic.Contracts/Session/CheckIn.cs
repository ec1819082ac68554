namespace Clinic.Contracts.Session;

/// <summary>
/// Says, before a session or again during it, where the client is today and what is around them (S51). What is not
/// confirmed is recorded as that; the start gate judges it.
/// </summary>
/// <param name="SessionId">The session.</param>
/// <param name="Jurisdiction">Where the client is: ISO 3166 country or subdivision, for example <c>US-CA</c>.</param>
/// <param name="IdentityCheck">
/// Code of how the client was recognised, for example <c>login</c> or <c>code-word</c>.
/// </param>
/// <param name="PrivateSpace">Nobody else can see or hear the client.</param>
/// <param name="SecureNetwork">The network is not a public one.</param>
/// <param name="EmergencyContactConfirmed">The emergency contact was confirmed this time.</param>
/// <param name="Location">Where exactly, for an emergency; null when the client does not want to say.</param>
[Contract("session.check-in.v1")]
public sealed record CheckIn(
    string SessionId, string Jurisdiction, string IdentityCheck, bool PrivateSpace, bool SecureNetwork,
    bool EmergencyContactConfirmed, [property: Sensitive] string? Location = null);
