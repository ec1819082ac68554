namespace Clinic.Contracts.Session;

/// <summary>Lets a platform be used, on the ground of an agreement with its provider (S48, S63).</summary>
/// <param name="PlatformId">The platform.</param>
/// <param name="AgreementRef">Id of the agreement in the clinic's own files.</param>
/// <param name="E2ee">It encrypts from end to end (S50).</param>
/// <param name="CollectsForAdvertising">It collects data for advertising (S47).</param>
/// <param name="ReviewBy">Last day on which the agreement may be relied on.</param>
[Contract("session.approve-platform.v1")]
public sealed record ApprovePlatform(
    string PlatformId, string AgreementRef, bool E2ee, bool CollectsForAdvertising, DateOnly ReviewBy);
