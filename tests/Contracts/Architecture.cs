using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Clinic.Contracts;

namespace Clinic.Tests.Contracts;

/// <summary>What may know what. Most of it the compiler enforces through the references checked here.</summary>
public sealed partial class Architecture
{
    public static TheoryData<string> Projects => [.. new[] { "contracts", "infra", "services" }.SelectMany(folder => Repository.Files(folder, "*.csproj")).Order()];

    [Theory, MemberData(nameof(Projects))]
    public void a_project_references_only_what_its_place_allows(string project)
    {
        var xml = XDocument.Load(Repository.Path(project));
        string[] Includes(string element) => [.. xml.Descendants(element).Select(e => (string)e.Attribute("Include")!)];
        var folder = Path.GetDirectoryName(project)!;
        var projects = Includes("ProjectReference").Select(r => Path.GetRelativePath(Repository.Root, Path.GetFullPath(Repository.Path(folder, r)))).ToArray();
        var packages = Includes("PackageReference").Concat(Includes("FrameworkReference")).ToArray();
        var service = folder.StartsWith("services/", StringComparison.Ordinal) ? folder.Split('/')[1] : null;

        if (folder.StartsWith("contracts/", StringComparison.Ordinal)) (projects.Length + packages.Length).ShouldBe(0, "contracts know only the BCL");
        if (folder.StartsWith("infra/", StringComparison.Ordinal)) projects.ShouldAllBe(p => p.StartsWith("infra/", StringComparison.Ordinal) || p.StartsWith("contracts/", StringComparison.Ordinal));
        if (service is not null)
            projects.ShouldAllBe(p => p.StartsWith($"services/{service}/Domain/", StringComparison.Ordinal) || p.StartsWith("infra/", StringComparison.Ordinal)
                || p.StartsWith("contracts/", StringComparison.Ordinal));
        if (folder.EndsWith("/Domain", StringComparison.Ordinal))
        {
            packages.ShouldBe(["FluentValidation"]);
            projects.ShouldAllBe(p => p.StartsWith("contracts/", StringComparison.Ordinal));
        }
    }

    [Theory, MemberData(nameof(Domains.Names), MemberType = typeof(Domains))]
    public void a_domain_is_compiled_against_nothing_but_contracts_validation_and_the_base_library(string service) =>
        Domains.All[service].GetReferencedAssemblies().Select(a => a.Name!).Where(name => !name.StartsWith("System", StringComparison.Ordinal))
            .ShouldBeSubsetOf(["Clinic.Contracts", "Clinic.Instruments", "FluentValidation", "netstandard", .. AddedByTheEngine]);

    /// <summary>Marten's source generator writes folds beside the states.</summary>
#if MARTEN
    private static readonly string[] AddedByTheEngine = ["JasperFx.Events"];
#else
    private static readonly string[] AddedByTheEngine = [];
#endif

    [Theory, MemberData(nameof(Domains.Names), MemberType = typeof(Domains))]
    public void a_domain_is_pure(string service) => Uses(Domains.All[service]).Where(use => Impure().IsMatch(use)).ShouldBeEmpty();

    [Fact]
    public void the_purity_check_sees_impurity() =>
        Uses(typeof(Architecture).Assembly).Where(use => Impure().IsMatch(use)).ShouldContain("System.IO.File.ReadAllText");

    [Theory, MemberData(nameof(Domains.Names), MemberType = typeof(Domains))]
    public void every_handler_follows_the_convention(string service)
    {
        foreach (var handler in Domains.Handlers(Domains.All[service]))
        {
            var (type, p) = (handler.DeclaringType!, handler.GetParameters());
            type.Name.ShouldBe(p[0].ParameterType.Name + "AggregateHandler");
            (type.IsAbstract && type.IsSealed).ShouldBeTrue($"{type.Name} is static");
            handler.ReturnType.ShouldBe(typeof(object[]), type.Name);
            p.Length.ShouldBe(4, type.Name);
            Domains.States(Domains.All[service]).ShouldContain(p[1].ParameterType, type.Name);
            (p[2].ParameterType == typeof(Actor) || p[2].ParameterType.GetProperty("By")?.PropertyType == typeof(Actor)).ShouldBeTrue($"{type.Name} knows who acts");
            p[3].ParameterType.ShouldBe(typeof(DateTimeOffset), type.Name);
            type.GetMethods(BindingFlags.Public | BindingFlags.Static).Count(m => m.Name == "Handle").ShouldBe(1, type.Name);
        }
        Domains.All[service].GetExportedTypes().Where(t => t.Name.EndsWith("AggregateHandler", StringComparison.Ordinal))
            .ShouldAllBe(t => t.GetMethod("Handle") != null);
    }

    [Theory, MemberData(nameof(Domains.Names), MemberType = typeof(Domains))]
    public void every_state_is_one_sealed_record_with_an_id_and_a_version(string service)
    {
        foreach (var state in Domains.States(Domains.All[service]))
        {
            state.IsSealed.ShouldBeTrue(state.Name);
            state.GetMethod("<Clone>$").ShouldNotBeNull($"{state.Name} is a record");
            (state.GetProperty("Id")?.PropertyType, state.GetProperty("Version")?.PropertyType).ShouldBe((typeof(string), typeof(long)), state.Name);
        }
    }

    [Fact]
    public void infra_knows_no_service_and_no_domain_contract()
    {
        foreach (var file in Repository.Files("infra", "*.cs"))
            Comments().Replace(File.ReadAllText(Repository.Path(file)), "").ShouldNotMatch(@"Clinic\.(Contracts\.)?(Intake|Consent|Session|Feedback|Audit|Witness)\b", file);
    }

    [Theory, MemberData(nameof(GoldenFiles.Contracts), MemberType = typeof(GoldenFiles))]
    public void a_contract_is_named_after_its_service_and_lives_with_it(string name)
    {
        var area = ContractTypes.Find(name)!.Namespace!["Clinic.Contracts".Length..].TrimStart('.').ToLowerInvariant();
        if (area is "" or "messaging" or "access" or "notifications") name.ShouldMatch(@"^[a-z-]+(\.[a-z-]+)?\.v\d+$");
        else name.ShouldMatch($@"^{area}\.[a-z-]+\.v\d+$");
    }

    [Fact]
    public void every_public_record_is_a_contract_or_part_of_one()
    {
        var parts = new HashSet<Type>(ContractTypes.All.Values);
        var open = new Queue<Type>(parts);
        while (open.TryDequeue(out var type))
            foreach (var member in Members(type).Where(t => t.Assembly == type.Assembly && parts.Add(t))) open.Enqueue(member);
        typeof(ContractTypes).Assembly.GetExportedTypes().Where(t => t.GetMethod("<Clone>$") != null && !parts.Contains(t))
            .ShouldBe([typeof(Actor), typeof(ForStream), typeof(Upcaster)], ignoreOrder: true);
        parts.SelectMany(Members).ShouldNotContain(t => t == typeof(double) || t == typeof(float) || t == typeof(decimal) || t == typeof(object) || t == typeof(DateTime));
    }

    [Theory, MemberData(nameof(GoldenFiles.Stored), MemberType = typeof(GoldenFiles))]
    public void a_stored_event_holds_only_what_is_kept_exactly(string service, string name) =>
        Members(Domains.Events(Domains.All[service]).All.Single(e => e.Key == name).Value)
            .ShouldNotContain(t => t == typeof(double) || t == typeof(float) || t == typeof(decimal) || t == typeof(object) || t == typeof(DateTime));

    private static IEnumerable<Type> Members(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(p => p.Name != "EqualityContract").Select(p => p.PropertyType).Select(t => t.IsArray ? t.GetElementType()! : t)
        .SelectMany(t => t.IsGenericType ? t.GetGenericArguments() : [t]);

    /// <summary>Every member and type of other assemblies that an assembly's code names.</summary>
    private static IEnumerable<string> Uses(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var metadata = file.GetMetadataReader();
        string Name(EntityHandle handle) => handle.Kind == HandleKind.TypeReference && metadata.GetTypeReference((TypeReferenceHandle)handle) is var type
            ? $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}" : "?";
        return metadata.MemberReferences.Select(metadata.GetMemberReference).Select(m => $"{Name(m.Parent)}.{metadata.GetString(m.Name)}")
            .Concat(metadata.TypeReferences.Select(t => Name(t))).ToArray();
    }

    [GeneratedRegex(@"^System\.(DateTime(Offset)?\.get_(Now|UtcNow|Today)$|Guid\.(NewGuid|CreateVersion7)$|Random\b|Environment\b|TimeProvider\b|Console\b|IO\.|Net\.|Threading\.(?!CancellationToken)|Data\.|Diagnostics\.(Process|Stopwatch)|Security\.Cryptography\.RandomNumberGenerator)|^Npgsql|^Microsoft\.")]
    private static partial Regex Impure();

    [GeneratedRegex(@"//[^\n]*|/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comments();
}
