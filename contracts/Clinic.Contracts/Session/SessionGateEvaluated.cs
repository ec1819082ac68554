namespace Clinic.Contracts.Session;

/// <summary>The gate answered, with every check, whether or not the session could start.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="Checks">Every check, always all of them.</param>
/// <param name="Passed">True when all passed.</param>
/// <param name="Jurisdiction">Where the client was: for numbers to call in that place.</param>
[Contract("session.gate-evaluated.v1")]
public sealed record SessionGateEvaluated(
    string SessionId, string ClientId, GateCheck[] Checks, bool Passed, string? Jurisdiction = null);
