namespace Clinic.Contracts.Session;

/// <summary>Finishes the open module; the last one completes the course.</summary>
/// <param name="CourseId">The course.</param>
/// <param name="ModuleId">The module.</param>
/// <param name="Minutes">How long it took, 0 to 1440.</param>
[Contract("session.complete-module.v1")]
public sealed record CompleteModule(string CourseId, string ModuleId, int Minutes);
