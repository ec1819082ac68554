using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Clinic.Hosting;

/// <summary>
/// The certificate this service shows over HTTPS, <c>server.pem</c> with <c>server.key</c>. A renewed one is taken up within seconds,
/// without a restart; one that cannot be read leaves the old one in use.
/// </summary>
internal sealed class ServerCertificate(string certificateFile, string keyFile)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    private readonly Lock reading = new();
    private X509Certificate2? current;
    private (DateTime, DateTime) written;
    private DateTime looked = DateTime.MinValue;

    /// <exception cref="CryptographicException">There is none that can be read.</exception>
    public X509Certificate2 Current
    {
        get
        {
            lock (reading)
            {
                if (current is not null && DateTime.UtcNow - looked < Every) return current;
                looked = DateTime.UtcNow;
                var found = (File.GetLastWriteTimeUtc(certificateFile), File.GetLastWriteTimeUtc(keyFile));
                // half-way between two files they do not match; the next look sees both
                if (current is null || found != written)
                {
                    try
                    {
                        // handshakes may still use the one before: it is left to the collector
                        (current, written) = (X509Certificate2.CreateFromPemFile(certificateFile, keyFile), found);
                    }
                    catch (Exception e) when (current is not null && e is (CryptographicException or IOException or ArgumentException))
                    {
                    }
                }
                return current!;
            }
        }
    }
}
