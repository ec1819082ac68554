using System.Text;
using System.Text.Json;
using RabbitMQ.Client;

namespace Clinic.SystemTests.Abuse;

/// <summary>Somebody with a password of the broker and a plain AMQP client.</summary>
internal sealed class Intruder(IConnection connection, string user) : IAsyncDisposable
{
    public const string Referral = "intake.receive-referral.v1";

    public static async Task<Intruder> As(RunningClinic clinic, string user) => new(await clinic.Host.Connect(user), user);

    /// <summary>Tries something on a channel of its own.</summary>
    /// <returns>The broker's reply code, 0 when it let it happen.</returns>
    public async Task<int> Try(Func<IChannel, Task> attempt)
    {
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        try
        {
            await attempt(channel);
            return 0;
        }
        catch (Exception) when (!channel.IsOpen)
        {
            return channel.CloseReason!.ReplyCode;
        }
    }

    /// <summary>Publishes whatever is asked; confirmed by the broker when this returns 0.</summary>
    public Task<int> Publish(string exchange, string key, byte[] body, Action<BasicProperties>? change = null) => Try(async channel =>
    {
        var properties = new BasicProperties { UserId = user, MessageId = Guid.NewGuid().ToString(), DeliveryMode = DeliveryModes.Persistent };
        change?.Invoke(properties);
        await channel.BasicPublishAsync(exchange, key, mandatory: true, properties, body);
    });

    public static byte[] NewReferral(out string referralId)
    {
        referralId = "r-" + Guid.NewGuid().ToString("N");
        return JsonSerializer.SerializeToUtf8Bytes(new { referralId, source = "gp", reasonCodes = new[] { "low-mood" }, urgency = "routine" });
    }

    /// <summary>A genuine event, as it went over the bus, for somebody to tamper with.</summary>
    public static void Copy(Heard heard, BasicProperties properties, params (string Header, string Value)[] edited)
    {
        properties.Type = heard.Type;
        properties.MessageId = heard.Headers["id"];
        properties.Headers = heard.Headers.ToDictionary(h => "cloudEvents_" + h.Key, h => (object?)h.Value);
        foreach (var (header, value) in edited) properties.Headers["cloudEvents_" + header] = value;
    }

    public static byte[] Bytes(Heard heard) => Encoding.UTF8.GetBytes(heard.Text);

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
