namespace Clinic.Contracts;

/// <summary>A rule of the domain refuses the command: 409 over HTTP, <c>command.rejected.v1</c> over AMQP.</summary>
/// <param name="code">Stable and machine-readable, snake_case, for example <c>consent_withdrawn</c>.</param>
/// <param name="message">For a person; names the rule, never personal data.</param>
/// <param name="field">The member of the command that broke the rule, where there is one.</param>
public sealed class RuleViolation(string code, string message, string? field = null) : Exception(message)
{
    /// <summary>Stable and machine-readable.</summary>
    public string Code { get; } = code;

    /// <summary>The member that broke the rule, or null.</summary>
    public string? Field { get; } = field;
}
