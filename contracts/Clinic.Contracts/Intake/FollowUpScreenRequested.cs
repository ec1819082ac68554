namespace Clinic.Contracts.Intake;

/// <summary>An answer needs a closer screen before anybody decides about care.</summary>
/// <param name="ClientId">Whose screen.</param>
/// <param name="ScreenId">The screen that gave the reason.</param>
/// <param name="Instrument">What to ask: <c>c-ssrs</c>.</param>
/// <param name="Reason">Code of the rule, <c>phq-9-item-9</c>.</param>
/// <param name="ContactPossible">False when nobody can reach the client: crisis information is all they get.</param>
[Contract("intake.follow-up-screen-requested.v1")]
public sealed record FollowUpScreenRequested(
    string ClientId, string ScreenId, string Instrument, string Reason, bool ContactPossible);
