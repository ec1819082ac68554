namespace Clinic.Contracts.Session;

/// <summary>Accepts or declines what the other party proposed. Declining has no consequence (S22).</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Modality">What was proposed.</param>
/// <param name="Accept">Whether to change.</param>
/// <param name="By"><c>client</c> or <c>practitioner</c>.</param>
[Contract("session.answer-modality.v1")]
public sealed record AnswerModality(string SessionId, string Modality, bool Accept, string By);
