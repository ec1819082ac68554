namespace Clinic.Contracts.Intake;

/// <summary>A clinician has closed the crisis pathway; care stands where it stood before.</summary>
/// <param name="ClientId">Whose.</param>
/// <param name="ClinicianId">Who closed it.</param>
[Contract("intake.crisis-closed.v1")]
public sealed record CrisisClosed(string ClientId, string ClinicianId);
