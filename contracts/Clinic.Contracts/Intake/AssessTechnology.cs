namespace Clinic.Contracts.Intake;

/// <summary>What a client has and can do with technology: assessed, never assumed (S23). Poor readiness is answered with an offer.</summary>
/// <param name="ClientId">Whose.</param>
/// <param name="AssessmentId">Chosen by the sender.</param>
/// <param name="Device">One of <see cref="Devices"/>.</param>
/// <param name="Bandwidth">One of <see cref="Bandwidths"/>.</param>
/// <param name="PrivateSpace">The client has a place where nobody listens.</param>
/// <param name="Literacy">0 (none) to 4 (at ease) with the technology used.</param>
/// <param name="SupportNeeded">The client wants somebody to help.</param>
/// <param name="Fallback">One of <see cref="Fallbacks"/>: what to do when the connection fails.</param>
[Contract("intake.assess-technology.v1")]
public sealed record AssessTechnology(
    string ClientId, string AssessmentId, string Device, string Bandwidth, bool PrivateSpace, int Literacy, bool SupportNeeded, string Fallback);

/// <summary>What a client would use.</summary>
public static class Devices
{
    public const string None = "none";
    public static IReadOnlyList<string> All { get; } = ["computer", "tablet", "smartphone", None];
}

/// <summary>How good the client says the connection is; a test measures it.</summary>
public static class Bandwidths
{
    public const string None = "none";
    public const string Low = "low";
    public const string Adequate = "adequate";
    public static IReadOnlyList<string> All { get; } = [None, Low, Adequate];
}

/// <summary>What to go on with when the connection fails.</summary>
public static class Fallbacks
{
    public static IReadOnlyList<string> All { get; } = ["phone", "text", "in-person", "none"];
}
