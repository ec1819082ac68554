namespace Clinic.Contracts.Session;

/// <summary>A module was worked through.</summary>
/// <param name="CourseId">The course.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="ModuleId">The module.</param>
/// <param name="Minutes">How long it took.</param>
[Contract("session.module-completed.v1")]
public sealed record ModuleCompleted(string CourseId, string ClientId, string ModuleId, int Minutes);
