using RabbitMQ.Client;

namespace Clinic.Messaging;

/// <summary>How a service reaches the broker. The user is the service's own, and the broker vouches for it on every message.</summary>
/// <param name="CaFile">Certificate authority of the broker; null only where there is no TLS.</param>
public sealed record BusSettings(string Host, int Port, string VirtualHost, string User, string Password, string? CaFile = null)
{
    internal static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(5);

    /// <summary>Connections that do not recover by themselves: whoever holds one sees it end and opens another.</summary>
    /// <param name="name">Shown by the broker's management.</param>
    public ConnectionFactory Factory(string name) => new()
    {
        HostName = Host,
        Port = Port,
        VirtualHost = VirtualHost,
        UserName = User,
        Password = Password,
        ClientProvidedName = name,
        // the relay resumes from the lowest unconfirmed itself; a silent recovery would hide where that is
        AutomaticRecoveryEnabled = false,
        RequestedConnectionTimeout = TimeSpan.FromSeconds(3),
        RequestedHeartbeat = Heartbeat,
        Ssl = CaFile is null ? new SslOption() : Tls.For(Host, CaFile)
    };
}
