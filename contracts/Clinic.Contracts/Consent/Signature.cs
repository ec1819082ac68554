namespace Clinic.Contracts.Consent;

/// <summary>
/// Evidence of the grant, so that it can be demonstrated later. Source: GDPR 7(1); 45 CFR 164.508(c)(1)(vi).
/// </summary>
/// <param name="Method">How it was signed, a lower-case code such as <c>typed-name</c> or <c>paper-scan</c>.</param>
/// <param name="SignedAt">When.</param>
/// <param name="Hash">
/// SHA-256 of the signature's evidence, 64 lower-case hexadecimal digits; the evidence stays with its owner.
/// </param>
public sealed record Signature(string Method, DateTimeOffset SignedAt, string Hash);
