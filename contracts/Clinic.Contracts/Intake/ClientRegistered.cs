namespace Clinic.Contracts.Intake;

/// <summary>There is a new client. Accessibility needs are health data and stay with intake.</summary>
/// <param name="ClientId">The pseudonym.</param>
/// <param name="Route">One of <see cref="Routes"/>.</param>
/// <param name="IdentityMode">One of <see cref="IdentityModes"/>.</param>
/// <param name="AgeBand">One of <see cref="AgeBands"/>.</param>
/// <param name="Language">BCP 47.</param>
/// <param name="Region">ISO 3166-1 or -2 code.</param>
/// <param name="ReferralId">The referral the client came by, if any.</param>
[Contract("intake.client-registered.v1")]
public sealed record ClientRegistered(
    string ClientId, string Route, string IdentityMode, string AgeBand, string Language, string Region,
    string? ReferralId = null);
