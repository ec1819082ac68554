namespace Clinic.Proof;

/// <summary>Well formed, and not true: a signature, a proof or a root that does not hold. The message says which.</summary>
public sealed class ProofException(string message) : Exception(message);
