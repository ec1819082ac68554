using System.Reflection;
using Clinic.EventLog;

namespace Clinic.Tests.Contracts;

/// <summary>The pure projects of the services, and what is found in them by convention.</summary>
internal static class Domains
{
    public static IReadOnlyDictionary<string, Assembly> All { get; } = new[] { "Intake", "Consent", "Session", "Feedback", "Audit" }
        .ToDictionary(name => name.ToLowerInvariant(), name => Assembly.Load($"{name}.Domain"));

    public static TheoryData<string> Names => [.. All.Keys];

    /// <summary>A state is a record that folds: it has a Create.</summary>
    public static Type[] States(Assembly domain) => [.. domain.GetExportedTypes().Where(type =>
        type.GetMethods(BindingFlags.Public | BindingFlags.Static).Any(m => m.Name == "Create" && m.ReturnType == type))];

    public static EventTypes Events(Assembly domain) => new(States(domain));

    public static IEnumerable<MethodInfo> Handlers(Assembly domain) => domain.GetExportedTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static)).Where(m => m.Name == "Handle");
}
