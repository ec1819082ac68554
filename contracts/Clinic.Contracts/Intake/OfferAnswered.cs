namespace Clinic.Contracts.Intake;

/// <summary>The client has answered an offer.</summary>
/// <param name="ClientId">Who.</param>
/// <param name="OfferId">The offer.</param>
/// <param name="Answer">One of its options, or <c>declined</c>.</param>
[Contract("intake.offer-answered.v1")]
public sealed record OfferAnswered(string ClientId, string OfferId, string Answer);
