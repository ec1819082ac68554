using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Clinic.SystemTests;

/// <summary>A service that speaks TLS to everybody, as in compose: HTTP, PostgreSQL and AMQP, each to the installation's own authority.</summary>
public sealed class Transport(RunningClinic clinic)
{
    private string Secrets => clinic.Settings["Clinic__SecretsDir"];

    [Fact]
    public async Task A_service_over_TLS_works_shows_its_certificate_and_takes_up_a_renewed_one()
    {
        var own = Directory.CreateTempSubdirectory("clinic-tls-");
        foreach (var file in Directory.EnumerateFiles(Secrets)) File.Copy(file, Path.Combine(own.FullName, Path.GetFileName(file)));
        var service = clinic["intake"].Again(new()
        {
            ["Clinic__SecretsDir"] = own.FullName,
            ["Http__Tls"] = "true",
            ["Database__Tls"] = "true",
            ["Bus__Tls"] = "true",
            ["Bus__Port"] = clinic.TlsPort.ToString()
        });
        service.OverTls = true;
        service.Start();
        try
        {
            await Eventually.True(() => service.Log.Contains("Application started", StringComparison.Ordinal), "the service over TLS", 60);
            (await Handshake(service.Url.Port, SslProtocols.None)).ShouldBe("clinic");
            (await Handshake(service.Url.Port, SslProtocols.Tls12)).ShouldBe("clinic");
#pragma warning disable SYSLIB0039, CA5397 // that it is refused is the point
            await Should.ThrowAsync<Exception>(() => Handshake(service.Url.Port, SslProtocols.Tls11));
#pragma warning restore SYSLIB0039, CA5397
            using (var http = new HttpClient(Trusting(Path.Combine(Secrets, "ca.pem"))))
                (await http.GetStringAsync(new Uri(service.Url, "/health/ready"))).ShouldContain("\"status\"");
            using (var stranger = new HttpClient())
                await Should.ThrowAsync<HttpRequestException>(() => stranger.GetStringAsync(new Uri(service.Url, "/health/ready")));
            using (var plain = new HttpClient())
                await Should.ThrowAsync<HttpRequestException>(() => plain.GetStringAsync(new Uri($"http://127.0.0.1:{service.Url.Port}/health/ready")));
            service.Log.ShouldNotContain("Alarm broker");

            Renew(own.FullName, "renewed");
            await Eventually.True(async () => await Handshake(service.Url.Port, SslProtocols.None) == "renewed", "the renewed certificate", 30);
            // half a renewal leaves the one in use
            await File.WriteAllTextAsync(Path.Combine(own.FullName, "server.pem"), "-----BEGIN CERTIFICATE-----");
            await Task.Delay(TimeSpan.FromSeconds(6));
            (await Handshake(service.Url.Port, SslProtocols.None)).ShouldBe("renewed");
        }
        finally
        {
            await service.DisposeAsync();
            own.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task The_database_is_known_by_name_and_authority()
    {
        NpgsqlConnectionStringBuilder To(string host, string authority) => new()
        {
            Host = host,
            Port = int.Parse(clinic.Settings["Database__Port"]),
            Database = "postgres",
            Username = "postgres",
            Password = File.ReadAllText(Path.Combine(Secrets, "pg-superuser")).Trim(),
            SslMode = SslMode.VerifyFull,
            RootCertificate = authority,
            Pooling = false
        };
        await using (var known = new NpgsqlConnection(To("127.0.0.1", Path.Combine(Secrets, "ca.pem")).ConnectionString))
        {
            await known.OpenAsync();
            await using var command = new NpgsqlCommand("select version from pg_stat_ssl where pid = pg_backend_pid()", known);
            ((string)(await command.ExecuteScalarAsync())!).ShouldStartWith("TLSv1.");
        }
        var other = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(other, OtherAuthority());
            await using var impostor = new NpgsqlConnection(To("127.0.0.1", other).ConnectionString);
            await Should.ThrowAsync<Exception>(() => impostor.OpenAsync());
            // the same server by a name that is not in its certificate
            await using var elsewhere = new NpgsqlConnection(To("127.0.0.2", Path.Combine(Secrets, "ca.pem")).ConnectionString);
            await Should.ThrowAsync<Exception>(() => elsewhere.OpenAsync());
        }
        finally
        {
            File.Delete(other);
        }
    }

    [Fact]
    public async Task The_broker_is_known_by_name_and_authority()
    {
        ConnectionFactory To(RemoteCertificateValidationCallback trust) => new()
        {
            HostName = "127.0.0.1",
            Port = clinic.TlsPort,
            VirtualHost = clinic.Host.Name,
            UserName = "north.ehr",
            Password = File.ReadAllText(Path.Combine(Secrets, "bus-north.ehr")).Trim(),
            Ssl = new SslOption { Enabled = true, ServerName = "127.0.0.1", CertificateValidationCallback = trust }
        };
        await using (var known = await To(Messaging.Tls.Validator(Path.Combine(Secrets, "ca.pem"))).CreateConnectionAsync()) known.IsOpen.ShouldBeTrue();
        var other = Path.GetTempFileName();
        await File.WriteAllTextAsync(other, OtherAuthority());
        await Should.ThrowAsync<BrokerUnreachableException>(() => To(Messaging.Tls.Validator(other)).CreateConnectionAsync());
        File.Delete(other);
    }

    /// <returns>The common name of the certificate shown.</returns>
    private async Task<string> Handshake(int port, SslProtocols protocols)
    {
        using var tcp = new TcpClient("127.0.0.1", port);
        await using var tls = new SslStream(tcp.GetStream(), false, Messaging.Tls.Validator(Path.Combine(Secrets, "ca.pem")));
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost", EnabledSslProtocols = protocols });
        return ((X509Certificate2)tls.RemoteCertificate!).GetNameInfo(X509NameType.SimpleName, false);
    }

    private static HttpMessageHandler Trusting(string authority) => Messaging.Tls.Handler(authority);

    /// <summary>Another certificate of the same authority, written as a person would: one file, then the other.</summary>
    private static void Renew(string folder, string name)
    {
        using var authority = X509Certificate2.CreateFromPemFile(Path.Combine(folder, "ca.pem"), Path.Combine(folder, "ca.key"));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(authority, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1), RandomNumberGenerator.GetBytes(12));
        File.WriteAllText(Path.Combine(folder, "server.pem"), certificate.ExportCertificatePem());
        Thread.Sleep(100);
        File.WriteAllText(Path.Combine(folder, "server.key"), key.ExportPkcs8PrivateKeyPem());
    }

    private static string OtherAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=somebody else", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1));
        return certificate.ExportCertificatePem();
    }
}
