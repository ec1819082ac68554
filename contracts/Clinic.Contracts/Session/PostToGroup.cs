namespace Clinic.Contracts.Session;

/// <summary>Writes to everybody in a group. Each participant receives it in a thread of their own.</summary>
/// <param name="GroupId">The group.</param>
/// <param name="MessageId">The new entry.</param>
/// <param name="Text">What it says.</param>
/// <param name="Labels">Sensitivity labels its author gives it, of <see cref="Consent.SensitivityLabels"/>.</param>
[Contract("session.post-to-group.v1")]
public sealed record PostToGroup(string GroupId, string MessageId, [property: Sensitive] string Text, string[] Labels);
