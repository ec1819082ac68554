namespace Clinic.Contracts.Consent;

/// <summary>How a directive stood when somebody asked.</summary>
/// <param name="AskId">The question.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="DirectiveId">Which.</param>
/// <param name="DirectiveVersion">Number of its changes so far.</param>
/// <param name="Status">proposed, active, refused, withdrawn, expired, superseded or entered-in-error, as last recorded.</param>
/// <param name="Holds">Whether it held at that instant; what has run out does not, whatever its status.</param>
/// <param name="At">That instant.</param>
[Contract("consent.consent-status-told.v1")]
public sealed record ConsentStatusTold(
    string AskId, string ClientId, string DirectiveId, int DirectiveVersion, string Status, bool Holds, DateTimeOffset At);
