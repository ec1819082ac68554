namespace Clinic.Contracts.Intake;

/// <summary>Nobody has tried to reach a client in crisis in time: whoever supervises must act.</summary>
/// <param name="ClientId">Who is in crisis.</param>
/// <param name="CaseId">The screen, risk or case that opened the pathway.</param>
/// <param name="DueAt">Until when somebody should have tried.</param>
[Contract("intake.crisis-contact-overdue.v1")]
public sealed record CrisisContactOverdue(string ClientId, string CaseId, DateTimeOffset DueAt);
