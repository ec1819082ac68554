namespace Clinic.Contracts.Feedback;

/// <summary>A person is worried about a client: the same case, chain and clock as for a serious answer.</summary>
/// <param name="AlertId">Chosen by the sender; not a letter, '-' and 32 hexadecimal digits, as the service's own are.</param>
/// <param name="ClientId">The client, by pseudonym.</param>
/// <param name="SourceId">What it is about: a message, session or call.</param>
/// <param name="Urgent">Within the hour; otherwise on the same working day.</param>
[Contract("feedback.raise-alert.v1")]
public sealed record RaiseAlert(string AlertId, string ClientId, string SourceId, bool Urgent);
