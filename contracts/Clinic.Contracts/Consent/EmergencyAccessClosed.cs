namespace Clinic.Contracts.Consent;

/// <summary>An emergency access is over and waits for its review.</summary>
/// <param name="AccessId">The access.</param>
/// <param name="ClientId">Whose records, by pseudonym.</param>
/// <param name="Trigger"><c>user</c> or <c>time</c>.</param>
/// <param name="ReviewDueAt">By when somebody else has to have reviewed it.</param>
[Contract("consent.emergency-access-closed.v1")]
public sealed record EmergencyAccessClosed(
    string AccessId, string ClientId, string Trigger, DateTimeOffset ReviewDueAt)
{
    public const string ByUser = "user";
    public const string ByTime = "time";
}
