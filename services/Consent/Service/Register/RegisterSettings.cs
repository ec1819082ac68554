namespace Clinic.Consent.Service.Register;

/// <summary>Who answers for the processing: <c>Register__{tenant}__Name</c> and so on. GDPR Art. 30(1)(a).</summary>
/// <param name="Name">Name and address of the clinic.</param>
/// <param name="Contact">How to reach it.</param>
/// <param name="Country">Where it is, ISO 3166-1 alpha-2; what is beyond it may be a transfer.</param>
/// <param name="Representative">In the Union, where there is one.</param>
/// <param name="DataProtectionOfficer">Name and contact, where there is one.</param>
internal sealed record Controller(
    string? Name = null, string? Contact = null, string? Country = null, string? Representative = null, string? DataProtectionOfficer = null);

/// <summary>By tenant.</summary>
internal sealed class RegisterSettings : Dictionary<string, Controller>;
