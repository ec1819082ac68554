using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Clinic.Cli.Secrets;

/// <summary>A private certificate authority and one server certificate, for traffic inside one installation.</summary>
public static class Certificates
{
    private static readonly string[] ServerNames =
        ["localhost", "postgres", "rabbitmq", "intake", "consent", "session", "feedback", "audit", "witness"];

    private static readonly TimeSpan AuthorityLife = TimeSpan.FromDays(3650);
    private static readonly TimeSpan ServerLife = TimeSpan.FromDays(825);

    public static void Create(SecretFolder folder, string installation)
    {
        // the authority's key may be kept elsewhere once it has signed: it is needed only for a new certificate
        if (folder.Has("ca.pem") && folder.Has("server.pem") && folder.Has("server.key")) return;
        if (folder.Has("ca.pem") && !folder.Has("ca.key"))
            throw new RefusedException("ca.pem is there without ca.key, so no server certificate can be issued; restore ca.key");
        if (folder.Has("server.pem") && !folder.Has("ca.key"))
            throw new RefusedException("server.pem is there without the authority that issued it; restore ca.key, or delete server.pem");
        if (folder.Has("server.pem") && !folder.Has("server.key"))
            throw new RefusedException("server.pem is there without server.key; restore it, or delete server.pem to issue a new one");

        using var authorityKey = Key(folder, "ca.key");
        folder.OncePublic("ca.pem", () => SelfSigned(authorityKey, installation));
        using var authority = X509Certificate2.CreateFromPem(folder.Read("ca.pem"));
        using var serverKey = Key(folder, "server.key");
        folder.OncePublic("server.pem", () => Issue(authority, authorityKey, serverKey));
    }

    private static ECDsa Key(SecretFolder folder, string name)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        key.ImportFromPem(folder.Once(name, key.ExportPkcs8PrivateKeyPem));
        return key;
    }

    private static string SelfSigned(ECDsa key, string installation)
    {
        var request = new CertificateRequest($"CN=Clinic private CA {installation}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        using var certificate = request.CreateSelfSigned(Yesterday(), Yesterday() + AuthorityLife);
        return certificate.ExportCertificatePem();
    }

    private static string Issue(X509Certificate2 authority, ECDsa authorityKey, ECDsa serverKey)
    {
        var request = new CertificateRequest("CN=clinic", serverKey, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        foreach (var name in ServerNames) names.AddDnsName(name);
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1", "serverAuth")], false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, true, false));
        using var certificate = request.Create(authority.SubjectName, X509SignatureGenerator.CreateForECDsa(authorityKey),
            Yesterday(), Yesterday() + ServerLife, RandomNumberGenerator.GetBytes(16));
        return certificate.ExportCertificatePem();
    }

    // clocks inside an installation differ a little
    private static DateTimeOffset Yesterday() => TimeProvider.System.GetUtcNow().AddDays(-1);
}
