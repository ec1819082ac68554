namespace Clinic.Contracts.Session;

/// <summary>Opens the next module.</summary>
/// <param name="CourseId">The course.</param>
/// <param name="ModuleId">The module.</param>
[Contract("session.start-module.v1")]
public sealed record StartModule(string CourseId, string ModuleId);
