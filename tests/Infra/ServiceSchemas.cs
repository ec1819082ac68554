using Clinic.EventLog;

namespace Clinic.Tests.Infra;

/// <summary>The real services' own schema scripts; infra's tests know their files, not their code.</summary>
internal static class ServiceSchemas
{
    public static readonly string[] Services = ["intake", "consent", "session", "feedback", "audit"];

    public static SchemaScript[] Of(string service)
    {
        var folder = Path.Combine(Stack.Root, "services", char.ToUpperInvariant(service[0]) + service[1..], service == "audit" ? "Schema" : "Service/Schema");
        return [.. Directory.EnumerateFiles(folder, "*.sql").Order(StringComparer.Ordinal).Select(file => new SchemaScript(Path.GetFileNameWithoutExtension(file), File.ReadAllText(file)))];
    }
}
