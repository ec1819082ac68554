namespace Clinic.Contracts.Feedback;

/// <summary>A boundary or confidentiality is at risk. Goes to supervision, not to the therapist.</summary>
/// <param name="ConcernId">Chosen by the sender.</param>
/// <param name="ClientId">The client, by pseudonym.</param>
/// <param name="Description">At most 4000 characters.</param>
/// <param name="MessageId">The message it is about.</param>
/// <param name="SessionId">The session it is about.</param>
[Contract("feedback.raise-boundary-concern.v1")]
public sealed record RaiseBoundaryConcern(
    string ConcernId, string ClientId, [property: Sensitive] string Description, string? MessageId = null,
    string? SessionId = null);
