namespace Clinic.Contracts;

/// <summary>
/// A service has destroyed its keys for a client: nothing it stored about the person can be read any more, and nothing personal
/// about them can be stored again. Published as it is by every service that was asked (GDPR 17).
/// </summary>
/// <param name="ClientId">Whose keys, by pseudonym.</param>
/// <param name="ErasureId">The erasure that asked for it.</param>
/// <param name="DataClasses">Which classes; <c>*</c> is every one.</param>
/// <param name="Keys">How many keys there were; 0 where the service held nothing personal.</param>
[Contract("keys.destroyed.v1")]
public sealed record KeysDestroyed(string ClientId, string ErasureId, string[] DataClasses, int Keys);
