namespace Clinic.Contracts;

/// <summary>
/// Marks a member of a command that no queue may hold in clear: item answers, message and note text, contact details. Over AMQP
/// a command with such a member is taken only as JWE to the service's published key (ADR 20); over HTTP TLS protects it.
/// </summary>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class SensitiveAttribute : Attribute;
