using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Clinic.Tests.Infra;

/// <summary>A span as it was exported.</summary>
/// <param name="Error">What its status says, when that is an error.</param>
public sealed record Span(string Source, string Name, int Kind, string Trace, string Id, string Parent, bool Linked, string? Error)
{
    public const int Server = 2;
}

/// <summary>The smallest OTLP/HTTP collector: keeps what it is sent, and reads as much of the protobuf as the tests ask for.</summary>
public sealed class Collector : IDisposable
{
    // not ASP.NET: its own requests would be traced and sent to it again, without end
    private readonly HttpListener listener = new();
    private readonly ConcurrentQueue<(string Path, byte[] Body)> received = new();

    public Collector()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Endpoint = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}";
        }
        listener.Prefixes.Add(Endpoint + "/");
        listener.Start();
        _ = Task.Run(Listen);
    }

    public string Endpoint { get; }

    /// <summary>Everything sent, bytes as characters: names and values stand in it as they are.</summary>
    public string Raw => string.Join('\n', received.Select(r => Encoding.UTF8.GetString(r.Body)));

    /// <summary>Every span once, though each service of this process exports all.</summary>
    public Span[] Spans => [.. received.Where(r => r.Path == "/v1/traces").SelectMany(r => Read(r.Body)).DistinctBy(span => span.Id)];

    /// <summary>Values of a gauge in the order in which they came, for the series with this attribute value.</summary>
    public double[] Gauge(string name, string? of = null) =>
    [
        .. from request in received.Where(r => r.Path == "/v1/metrics").ToArray()
           from resource in Fields(request.Body).Where(f => f.Number == 1)
           from scope in Fields(resource.Bytes).Where(f => f.Number == 2)
           from metric in Fields(scope.Bytes).Where(f => f.Number == 2)
           where Text(metric.Bytes, 1) == name
           from gauge in Fields(metric.Bytes).Where(f => f.Number == 5)
           from point in Fields(gauge.Bytes).Where(f => f.Number == 1)
           let fields = Fields(point.Bytes).ToArray()
           where of is null || fields.Any(f => f.Number == 7 && Encoding.UTF8.GetString(f.Bytes.Span).Contains(of, StringComparison.Ordinal))
           from value in fields.Where(f => f.Number == 4)
           select BitConverter.ToDouble(value.Bytes.Span)
    ];

    public void Dispose() => listener.Close();

    private async Task Listen()
    {
        try
        {
            while (true)
            {
                var context = await listener.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                received.Enqueue((context.Request.Url!.AbsolutePath, body.ToArray()));
                context.Response.ContentType = "application/x-protobuf";
                context.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
        }
    }

    private static IEnumerable<Span> Read(byte[] request) =>
        from resource in Fields(request).Where(f => f.Number == 1)
        from scope in Fields(resource.Bytes).Where(f => f.Number == 2)
        let source = Text(Fields(scope.Bytes).First(f => f.Number == 1).Bytes, 1)
        from span in Fields(scope.Bytes).Where(f => f.Number == 2)
        let fields = Fields(span.Bytes).ToArray()
        select new Span(source, Text(span.Bytes, 5), (int)fields.FirstOrDefault(f => f.Number == 6).Value,
            Hex(fields, 1), Hex(fields, 2), Hex(fields, 4), fields.Any(f => f.Number == 13), Error(fields));

    private static string? Error((int Number, ulong Value, ReadOnlyMemory<byte> Bytes)[] span)
    {
        var status = span.Where(f => f.Number == 15).SelectMany(f => Fields(f.Bytes)).ToArray();
        return status.Any(f => f is { Number: 3, Value: 2 })
            ? string.Concat(status.Where(f => f.Number == 2).Select(f => Encoding.UTF8.GetString(f.Bytes.Span)))
            : null;
    }

    private static string Text(ReadOnlyMemory<byte> message, int number) => Encoding.UTF8.GetString(Fields(message).First(f => f.Number == number).Bytes.Span);

    private static string Hex((int Number, ulong Value, ReadOnlyMemory<byte> Bytes)[] fields, int number) =>
        Convert.ToHexStringLower(fields.FirstOrDefault(f => f.Number == number).Bytes.Span);

    private static IEnumerable<(int Number, ulong Value, ReadOnlyMemory<byte> Bytes)> Fields(ReadOnlyMemory<byte> message)
    {
        for (var at = 0; at < message.Length;)
        {
            var tag = Varint(message, ref at);
            var (number, value, length) = ((int)(tag >> 3), 0UL, 0);
            switch (tag & 7)
            {
                case 0: value = Varint(message, ref at); break;
                case 1: length = 8; break;
                case 2: length = (int)Varint(message, ref at); break;
                case 5: length = 4; break;
                default: throw new FormatException($"wire type {tag & 7}");
            }
            yield return (number, value, message.Slice(at, length));
            at += length;
        }
    }

    private static ulong Varint(ReadOnlyMemory<byte> message, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = message.Span[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80) return value;
        }
    }
}
