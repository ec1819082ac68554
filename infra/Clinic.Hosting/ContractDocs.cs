using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Clinic.Contracts;

namespace Clinic.Hosting;

/// <summary>What the contracts' own comments say, for the published documents.</summary>
public static partial class ContractDocs
{
    private static readonly Assembly Contracts = typeof(ContractTypes).Assembly;
    private static readonly Lazy<Dictionary<string, XElement>> Types = new(Read);

    /// <summary>What a contract, or a record inside one, is.</summary>
    public static string? Of(Type type) => Text(Find(type)?.Element("summary"));

    /// <summary>What a member of it means.</summary>
    /// <param name="member">As in JSON; the parameter differs only in case.</param>
    public static string? Of(Type type, string member) => Text(Find(type)?.Elements("param")
        .FirstOrDefault(p => string.Equals(p.Attribute("name")?.Value, member, StringComparison.OrdinalIgnoreCase)));

    private static XElement? Find(Type type) =>
        type.Assembly == Contracts && type.FullName is { } name ? Types.Value.GetValueOrDefault("T:" + name.Replace('+', '.')) : null;

    /// <summary>The file stands beside the assembly; without it there are no descriptions, and nothing else is lost.</summary>
    private static Dictionary<string, XElement> Read()
    {
        var file = Path.ChangeExtension(Contracts.Location, ".xml");
        return !File.Exists(file) ? [] : XDocument.Load(file).Descendants("member").ToDictionary(m => m.Attribute("name")!.Value);
    }

    private static string? Text(XElement? element)
    {
        if (element is null) return null;
        var words = element.Nodes().Select(node => node switch
        {
            XElement { Name.LocalName: "see" } see => Last(see.Attribute("cref")?.Value),
            XElement { Name.LocalName: "paramref" } name => CamelCase(name.Attribute("name")!.Value),
            XElement other => other.Value,
            _ => node.ToString()
        });
        return Blank().Replace(string.Concat(words), " ").Trim();
    }

    private static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private static string? Last(string? cref) => cref?[(cref.LastIndexOf('.') + 1)..];

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();
}
