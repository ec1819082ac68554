using System.Text;
using Clinic.Messaging;
using RabbitMQ.Client;

namespace Clinic.Tests.Infra;

/// <summary>What the broker gives up on is kept, can be looked at as often as one likes, and goes back as it was.</summary>
public sealed class DeadLettering(OwnVirtualHost host) : IClassFixture<OwnVirtualHost>
{
    private BusSettings Admin => host.Bus.Settings("admin");

    [Fact]
    public async Task a_dead_letter_is_looked_at_without_being_taken_and_goes_back_as_its_sender_sent_it()
    {
        await using var channel = await Channel("feedback");
        await Kill(channel, "feedback-from-first", "message 1", "{\"a\":1}");
        await Kill(channel, "feedback-from-second", null, "{}");
        // more often than any delivery limit in the definitions
        for (var n = 0; n < 25; n++) (await DeadLetters.Look(Admin, default)).Count.ShouldBe(2);
        var letter = (await DeadLetters.Look(Admin, default)).Single(l => l.Queue == "feedback-from-first");
        (letter.Id, letter.Type, letter.User, letter.Reason, letter.RoutingKey, letter.Size, letter.Body).ShouldBe(
            ("message 1", "x.happened.v1", "feedback", "delivery_limit", "feedback-from-first", 7, "{\"a\":1}"));
        letter.Headers.ShouldBe(new Dictionary<string, string> { ["cloudEvents_sequence"] = "7" });
        letter.At!.Value.ShouldBeInRange(DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(1));

        (await DeadLetters.Redrive(Admin, l => l.Queue == "feedback-from-first", default)).ShouldBe(new Redriven(1, 1));
        var back = (await channel.BasicGetAsync("feedback-from-first", autoAck: true))!;
        (back.BasicProperties.MessageId, back.BasicProperties.UserId, back.BasicProperties.Type, Encoding.UTF8.GetString(back.Body.Span))
            .ShouldBe(("message 1", "feedback", "x.happened.v1", "{\"a\":1}"));
        // the broker counts deliveries anew, and says so
        back.BasicProperties.Headers!.Keys.Except(["x-delivery-count"]).ShouldBe(["cloudEvents_sequence"]);
        (await DeadLetters.Look(Admin, default)).Select(l => l.Queue).ShouldBe(["feedback-from-second"]);

        // one whose queue is gone stays, with or without a message id
        await channel.QueueDeleteAsync("feedback-from-second");
        (await DeadLetters.Redrive(Admin, _ => true, default)).ShouldBe(new Redriven(0, 1));
        (await DeadLetters.Look(Admin, default)).Count.ShouldBe(1);
    }

    private async Task<IChannel> Channel(string user) => await (await host.Bus.Connect(user)).CreateChannelAsync(new CreateChannelOptions(false, false));

    /// <summary>Delivered and given back until the policy's limit is reached.</summary>
    private async Task Kill(IChannel channel, string queue, string? id, string body)
    {
        var before = (await DeadLetters.Look(Admin, default)).Count;
        await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
        await channel.BasicPublishAsync("", queue, mandatory: true, new BasicProperties
        {
            MessageId = id,
            Type = "x.happened.v1",
            UserId = "feedback",
            DeliveryMode = DeliveryModes.Persistent,
            Headers = new Dictionary<string, object?> { ["cloudEvents_sequence"] = "7" }
        }, Encoding.UTF8.GetBytes(body));
        await Eventually.True(async () =>
        {
            if (await channel.BasicGetAsync(queue, autoAck: false) is { } message) await channel.BasicNackAsync(message.DeliveryTag, multiple: false, requeue: true);
            return (await DeadLetters.Look(Admin, default)).Count > before;
        }, $"the message in {queue} to die");
    }
}
