namespace Clinic.Contracts.Intake;

/// <summary>What the client says to an offer.</summary>
/// <param name="ClientId">Who.</param>
/// <param name="OfferId">The offer.</param>
/// <param name="Answer">One of its options, or <c>declined</c>.</param>
[Contract("intake.answer-offer.v1")]
public sealed record AnswerOffer(string ClientId, string OfferId, string Answer);
