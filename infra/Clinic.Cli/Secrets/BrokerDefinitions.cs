using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Clinic.Cli.Tenants;

namespace Clinic.Cli.Secrets;

/// <summary>Fills the broker's definitions template: every <c>{{bus-USER}}</c> becomes that user's password hash.</summary>
public static partial class BrokerDefinitions
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="added">Clinic systems that are not in the template.</param>
    public static string Render(string installation, Func<string, string> passwordOf, IReadOnlyCollection<ClinicSystem> added)
    {
        var filled = Placeholder().Replace(Text(), match =>
        {
            var user = match.Groups["user"].Value;
            return Hash(installation, user, passwordOf(user));
        });
        if (added.Count == 0) return filled;
        var definitions = JsonNode.Parse(filled)!.AsObject();
        foreach (var system in added)
        {
            foreach (var section in ClinicSystem.Sections)
                foreach (var entry in system.Entries(definitions, section))
                {
                    if (section == "users") entry["password_hash"] = Hash(installation, system.User, passwordOf(system.User));
                    definitions[section]!.AsArray().Add(entry);
                }
        }
        return definitions.ToJsonString(Readable);
    }

    /// <summary>The template; passwords are placeholders.</summary>
    public static JsonObject Template() => JsonNode.Parse(Text())!.AsObject();

    /// <summary>
    /// <c>rabbit_password_hashing_sha256</c>: base64(salt + SHA-256(salt + password)). The salt differs per user and
    /// installation but is not drawn anew, so that rendering twice gives the same file.
    /// </summary>
    public static string Hash(string installation, string user, string password)
    {
        var salt = SHA256.HashData(Encoding.UTF8.GetBytes($"{installation}\n{user}"))[..4];
        return Convert.ToBase64String([.. salt, .. SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(password)])]);
    }

    private static string Text()
    {
        using var stream = typeof(BrokerDefinitions).Assembly.GetManifestResourceStream("definitions.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"\{\{bus-(?<user>[a-z.-]+)\}\}")]
    private static partial Regex Placeholder();
}
