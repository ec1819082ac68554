namespace Clinic.Contracts.Intake;

/// <summary>A person becomes a client under a pseudonym, without having to say who they are.</summary>
/// <param name="ClientId">The pseudonym. Immortal, so it must not be derived from the person.</param>
/// <param name="Route">One of <see cref="Routes"/>.</param>
/// <param name="IdentityMode">One of <see cref="IdentityModes"/>.</param>
/// <param name="AgeBand">One of <see cref="AgeBands"/>.</param>
/// <param name="Language">BCP 47, for example <c>fr</c> or <c>pt-BR</c>.</param>
/// <param name="Region">ISO 3166-1 or -2 code of where the client usually is, for example <c>GB-SCT</c>.</param>
/// <param name="Accessibility">Codes of what the client needs, for example <c>screen-reader</c>; may be empty.</param>
/// <param name="ReferralId">The referral, exactly when the route is <c>referral</c>.</param>
[Contract("intake.register-client.v1")]
public sealed record RegisterClient(
    string ClientId, string Route, string IdentityMode, string AgeBand, string Language, string Region,
    string[] Accessibility, string? ReferralId = null);
