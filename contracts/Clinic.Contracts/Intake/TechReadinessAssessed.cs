namespace Clinic.Contracts.Intake;

/// <summary>A client's readiness for technology was assessed. What was answered stays with intake.</summary>
/// <param name="ClientId">Whose.</param>
/// <param name="AssessmentId">The assessment.</param>
/// <param name="Readiness">One of <see cref="ReadinessLevels"/>.</param>
/// <param name="Fallback">One of <see cref="Fallbacks"/>.</param>
[Contract("intake.tech-readiness-assessed.v1")]
public sealed record TechReadinessAssessed(string ClientId, string AssessmentId, string Readiness, string Fallback);

/// <summary>How ready a client is for technology.</summary>
public static class ReadinessLevels
{
    public const string Ready = "ready";

    /// <summary>With somebody who helps, a private place or little bandwidth to be minded.</summary>
    public const string WithSupport = "with-support";

    /// <summary>Something else than the screen is offered.</summary>
    public const string Poor = "poor";
    public static IReadOnlyList<string> All { get; } = [Ready, WithSupport, Poor];
}
