using System.Collections.Frozen;
using System.Reflection;

namespace Clinic.Contracts;

/// <summary>Finds contracts by public name and names by type. Both directions are fixed at build time.</summary>
public static class ContractTypes
{
    private static readonly FrozenDictionary<string, Type> ByName = typeof(ContractTypes).Assembly.GetExportedTypes()
        .Where(type => type.IsDefined(typeof(ContractAttribute)))
        .ToFrozenDictionary(type => type.GetCustomAttribute<ContractAttribute>()!.Name, StringComparer.Ordinal);

    private static readonly FrozenDictionary<Type, string> ByType = ByName.ToFrozenDictionary(p => p.Value, p => p.Key);

    /// <summary>Every contract there is, by public name.</summary>
    public static IReadOnlyDictionary<string, Type> All => ByName;

    /// <summary>The public name of a contract.</summary>
    /// <exception cref="ArgumentException">The type carries no <see cref="ContractAttribute"/>.</exception>
    public static string NameOf(Type type) =>
        ByType.TryGetValue(type, out var name) ? name : throw new ArgumentException($"{type} is not a contract");

    /// <summary>The record behind a public name, or null when this build does not know it.</summary>
    public static Type? Find(string name) => ByName.GetValueOrDefault(name);
}
