namespace Clinic.Contracts.Intake;

/// <summary>Nothing speaks against it: every service destroys its keys for this client and says so (<c>keys.destroyed.v1</c>).</summary>
/// <param name="ErasureId">The erasure.</param>
/// <param name="ClientId">Whose keys.</param>
/// <param name="Ground">One of <see cref="ErasureGrounds"/>.</param>
/// <param name="DataClasses">Which classes; <c>*</c> is every one.</param>
[Contract("intake.erasure-requested.v1")]
public sealed record ErasureRequested(string ErasureId, string ClientId, string Ground, string[] DataClasses);
