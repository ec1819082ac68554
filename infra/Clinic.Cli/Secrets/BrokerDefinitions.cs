using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Clinic.Cli.Secrets;

/// <summary>Fills the broker's definitions template: every <c>{{bus-USER}}</c> becomes that user's password hash.</summary>
public static partial class BrokerDefinitions
{
    public static string Render(string installation, Func<string, string> passwordOf)
    {
        using var stream = typeof(BrokerDefinitions).Assembly.GetManifestResourceStream("definitions.json")!;
        using var reader = new StreamReader(stream);
        return Placeholder().Replace(reader.ReadToEnd(), match =>
        {
            var user = match.Groups["user"].Value;
            return Hash(installation, user, passwordOf(user));
        });
    }

    /// <summary>
    /// <c>rabbit_password_hashing_sha256</c>: base64(salt + SHA-256(salt + password)). The salt differs per user and
    /// installation but is not drawn anew, so that rendering twice gives the same file.
    /// </summary>
    public static string Hash(string installation, string user, string password)
    {
        var salt = SHA256.HashData(Encoding.UTF8.GetBytes($"{installation}\n{user}"))[..4];
        return Convert.ToBase64String([.. salt, .. SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(password)])]);
    }

    [GeneratedRegex(@"\{\{bus-(?<user>[a-z.-]+)\}\}")]
    private static partial Regex Placeholder();
}
