namespace Clinic.Contracts.Feedback;

/// <summary>A person has answered a client.</summary>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="ThreadId">The conversation.</param>
/// <param name="MessageId">The message of the client that waits.</param>
/// <param name="Hours">Whole hours from the message to the answer.</param>
/// <param name="InTime">Whether it was within what was promised.</param>
[Contract("feedback.response-met.v1")]
public sealed record ResponseMet(string ClientId, string ThreadId, string MessageId, int Hours, bool InTime);
