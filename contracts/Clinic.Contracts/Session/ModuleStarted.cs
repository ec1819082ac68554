namespace Clinic.Contracts.Session;

/// <summary>A module was opened.</summary>
/// <param name="CourseId">The course.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="ModuleId">The module.</param>
[Contract("session.module-started.v1")]
public sealed record ModuleStarted(string CourseId, string ClientId, string ModuleId);
