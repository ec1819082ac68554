using System.Security.Cryptography.X509Certificates;

namespace Clinic.Cli.Doctor;

/// <summary>Certificates that run out, and secrets that others can read.</summary>
public static class SecretChecks
{
    private const int DaysToAct = 30;

    public static IEnumerable<Finding> Run(string directory, DateTimeOffset now)
    {
        foreach (var name in new[] { "ca.pem", "server.pem" })
        {
            var path = Path.Combine(directory, name);
            if (!File.Exists(path))
            {
                yield return new Finding("secrets", name, false, "is missing: run clinic secrets init");
                continue;
            }
            using var certificate = X509CertificateLoader.LoadCertificateFromFile(path);
            var days = (int)Math.Floor((certificate.NotAfter.ToUniversalTime() - now.UtcDateTime).TotalDays);
            yield return new Finding("secrets", name, days >= DaysToAct, days < 0 ? $"ran out {-days} days ago" : $"{days} days left");
        }
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        yield return Finding.Of("secrets", "files", [.. Directory.EnumerateFiles(directory)
            .Where(file => !IsPublic(Path.GetFileName(file)) && (File.GetUnixFileMode(file) & Others) != 0)
            .Select(file => $"{Path.GetFileName(file)} can be read by others")]);
    }

    private static bool IsPublic(string name) => name is "ca.pem" or "server.pem" || name.EndsWith("-public.pem", StringComparison.Ordinal) || name.EndsWith(".vkey", StringComparison.Ordinal);
}
