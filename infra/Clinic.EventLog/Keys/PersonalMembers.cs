using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using Clinic.Contracts;

namespace Clinic.EventLog.Keys;

/// <summary>The personal members of an event type and whose they are.</summary>
internal sealed class PersonalMembers
{
    private static readonly ConcurrentDictionary<Type, PersonalMembers?> Known = new();

    private PersonalMembers(IReadOnlyList<PersonalMember> members) => All = members;

    public IReadOnlyList<PersonalMember> All { get; }

    /// <summary>Null for a type without any: it costs nothing.</summary>
    /// <exception cref="InvalidOperationException">It does not say whose they are.</exception>
    public static PersonalMembers? Of(Type type) => Known.GetOrAdd(type, static type =>
    {
        var members = type.GetProperties().Where(p => p.PropertyType.IsAssignableTo(typeof(IPersonal))).Select(p => new PersonalMember(type, p)).ToArray();
        return members.Length == 0 ? null : new PersonalMembers(members);
    });
}

/// <summary>One personal member.</summary>
internal sealed class PersonalMember
{
    private readonly PropertyInfo property;
    private readonly PropertyInfo subject;
    private readonly SubjectAttribute about;

    public PersonalMember(Type type, PropertyInfo property)
    {
        this.property = property;
        about = property.GetCustomAttribute<SubjectAttribute>() ?? type.GetCustomAttribute<SubjectAttribute>()
            ?? throw new InvalidOperationException($"{type.Name} does not say whose '{property.Name}' is: [Subject]");
        subject = type.GetProperties().SingleOrDefault(p => Json(p.Name) == about.Member && p.PropertyType == typeof(string))
            ?? throw new InvalidOperationException($"{type.Name} has no member '{about.Member}' that names a subject");
    }

    /// <summary>Its JSON name.</summary>
    public string Name => Json(property.Name);

    public IPersonal? Of(object happened) => (IPersonal?)property.GetValue(happened);

    /// <summary>Whose key it is encrypted with.</summary>
    public KeyOwner Owner(string tenant, object happened) =>
        new(tenant, Subjects.Of(about.As ?? about.Member, (string)subject.GetValue(happened)!), about.DataClass);

    private static string Json(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
