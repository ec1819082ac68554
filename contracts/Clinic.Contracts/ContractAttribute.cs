namespace Clinic.Contracts;

/// <summary>
/// The public name of a command or event, for example <c>consent.granted.v1</c>: service, what happened (kebab-case),
/// version. It is the CloudEvents <c>type</c> of an event and the routing key of a command. A name is for ever;
/// a changed meaning or a new required member is a new version beside the old one.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ContractAttribute(string name) : Attribute
{
    /// <summary>The public name, version included.</summary>
    public string Name { get; } = name;
}
