namespace Clinic.Contracts.Access;

/// <summary>
/// Somebody else may know this subject's credential: tokens issued up to then are refused by every service within 60 seconds
/// (S58). Tokens of a later login are accepted.
/// </summary>
/// <param name="SubjectHash">See <see cref="Access.SubjectHash"/>.</param>
/// <param name="TokensUpTo">Tokens with <c>iat</c> at or before this instant are refused.</param>
[Contract("credential.compromised.v1")]
public sealed record CredentialCompromised(string SubjectHash, DateTimeOffset TokensUpTo);
