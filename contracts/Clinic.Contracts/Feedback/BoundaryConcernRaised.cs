namespace Clinic.Contracts.Feedback;

/// <summary>Somebody sees a boundary or confidentiality at risk; a supervisor looks at it.</summary>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="ConcernId">The concern.</param>
/// <param name="RaisedBy">Who raised it.</param>
/// <param name="MessageId">The message, if it was one.</param>
/// <param name="SessionId">The session, if it was one.</param>
[Contract("feedback.boundary-concern-raised.v1")]
public sealed record BoundaryConcernRaised(
    string ClientId, string ConcernId, string RaisedBy, string? MessageId = null, string? SessionId = null);
