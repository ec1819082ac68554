using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using RabbitMQ.Client;

namespace Clinic.Messaging;

/// <summary>TLS against a private certificate authority: the chain must end there and the name must match.</summary>
public static class Tls
{
    /// <summary>For HTTP clients.</summary>
    /// <param name="caFile">Null: whom the machine trusts, and no TLS inside the installation.</param>
    public static HttpMessageHandler Handler(string? caFile)
    {
        var handler = new SocketsHttpHandler();
        if (caFile is not null) handler.SslOptions.RemoteCertificateValidationCallback = Validator(caFile);
        return handler;
    }

    internal static SslOption For(string host, string caFile) => new()
    {
        Enabled = true,
        ServerName = host,
        CertificateValidationCallback = Validator(caFile)
    };

    public static RemoteCertificateValidationCallback Validator(string caFile)
    {
        var authority = X509CertificateLoader.LoadCertificateFromFile(caFile);
        return (_, certificate, _, errors) =>
        {
            if (certificate is not X509Certificate2 server || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != 0) return false;
            using var chain = new X509Chain();
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.Add(authority);
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            return chain.Build(server);
        };
    }
}
