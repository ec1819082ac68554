namespace Clinic.Contracts.Consent;

/// <summary>
/// Somebody else has judged an emergency access. An unjustified one is a security incident.
/// </summary>
/// <param name="AccessId">The access.</param>
/// <param name="ClientId">Whose records, by pseudonym.</param>
/// <param name="Reviewer">Who judged; never who had the access.</param>
/// <param name="Outcome"><c>justified</c> or <c>unjustified</c>.</param>
/// <param name="ClientToBeInformed">False when telling the client would be harmful.</param>
[Contract("consent.emergency-access-reviewed.v1")]
public sealed record EmergencyAccessReviewed(
    string AccessId, string ClientId, string Reviewer, string Outcome, bool ClientToBeInformed)
{
    public const string Justified = "justified";
    public const string Unjustified = "unjustified";
}
