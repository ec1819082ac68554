using System.Net;
using System.Net.Sockets;

namespace Clinic.SystemTests.Running;

/// <summary>Stands between a service and the broker, and can keep from the broker what the service says.</summary>
public sealed class Wire : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ended = new();
    private readonly int target;
    private volatile bool muted;

    public Wire(int target)
    {
        this.target = target;
        listener.Start();
        _ = Accept();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>From now on the service is heard no more: its acknowledgements go nowhere. It still hears the broker.</summary>
    public void Mute() => muted = true;

    /// <summary>For connections made from now on; what was said meanwhile stays unsaid.</summary>
    public void Unmute() => muted = false;

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        listener.Dispose();
        ended.Dispose();
    }

    private async Task Accept()
    {
        while (!ended.IsCancellationRequested)
        {
            try
            {
                _ = Connect(await listener.AcceptTcpClientAsync(ended.Token));
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task Connect(TcpClient service)
    {
        using (service)
        using (var broker = new TcpClient())
        {
            try
            {
                await broker.ConnectAsync(IPAddress.Loopback, target, ended.Token);
                await Task.WhenAny(Pump(service, broker, () => muted), Pump(broker, service, () => false));
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                // the broker is away: the service sees its connection end
            }
        }
    }

    private async Task Pump(TcpClient from, TcpClient to, Func<bool> swallow)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.GetStream().ReadAsync(buffer, ended.Token) is var read and > 0)
                if (!swallow()) await to.GetStream().WriteAsync(buffer.AsMemory(0, read), ended.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // either end is gone, and so is the other in a moment
        }
    }
}
