using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Clinic.Tests.Infra;

/// <summary>
/// A way to a server that can be cut. To the server it looks as if the process at this end had been killed; the process itself
/// lives on and can reach nothing any more.
/// </summary>
public sealed class Cable : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<Socket> sockets = [];
    private volatile bool cut;

    private Cable(int to)
    {
        listener.Start();
        _ = Accept(to);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public static Cable To(int port) => new(port);

    public void Cut()
    {
        cut = true;
        listener.Stop();
        foreach (var socket in sockets) Break(socket);
    }

    public void Dispose() => Cut();

    private async Task Accept(int to)
    {
        try
        {
            while (true)
            {
                var near = await listener.AcceptSocketAsync();
                var far = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await far.ConnectAsync(IPAddress.Loopback, to);
                near.NoDelay = far.NoDelay = true;
                sockets.Add(near);
                sockets.Add(far);
                if (cut) Cut();
                _ = Copy(near, far);
                _ = Copy(far, near);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // cut
        }
    }

    private static async Task Copy(Socket from, Socket to)
    {
        try
        {
            var buffer = new byte[16 * 1024];
            int read;
            while ((read = await from.ReceiveAsync(buffer)) > 0) await to.SendAsync(buffer.AsMemory(0, read));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // cut, or one end has closed
        }
        Break(from);
        Break(to);
    }

    // a reset, not a farewell: a killed process says nothing
    private static void Break(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // closed already
        }
        socket.Dispose();
    }
}
