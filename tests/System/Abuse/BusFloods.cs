using System.Diagnostics;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Clinic.SystemTests.Abuse;

/// <summary>Too large, too many, too deep, never acknowledged: the sender's loss, and nobody else's.</summary>
public sealed class BusFloods(RunningClinic clinic)
{
    [Fact, Trait("Abuse", "52")]
    public async Task More_than_a_mebibyte_closes_the_senders_channel_and_nothing_else()
    {
        await using var intruder = await Intruder.As(clinic, "north.ehr");
        (await intruder.Publish("clinic.commands", Intruder.Referral, new byte[1024 * 1024 + 1])).ShouldBe(406);
        await TheNextIsAccepted();
    }

    [Theory, Trait("Abuse", "53")]
    [InlineData(""), InlineData("{"), InlineData("\"\\"), InlineData("\u0001\u0002"), InlineData("{\"referralId\":\"r\"}}")]
    public async Task Nothing_and_what_is_not_JSON_are_answered(string body)
    {
        var id = Guid.NewGuid().ToString();
        await clinic.NorthEhr.Publish(Intruder.Referral, System.Text.Encoding.Latin1.GetBytes(body), p => p.MessageId = id);
        (await clinic.NorthEhr.AnswersTo(id)).ShouldHaveSingleItem().Refused("malformed");
        await TheNextIsAccepted();
    }

    [Fact, Trait("Abuse", "57")]
    public async Task A_table_of_headers_as_large_or_as_deep_as_the_broker_lets_it_be_is_carried_and_not_read()
    {
        object? deep = "bottom";
        for (var n = 0; n < 500; n++) deep = new Dictionary<string, object?> { ["d"] = deep };
        foreach (var headers in new Dictionary<string, object?>[]
        {
            Enumerable.Range(0, 4000).ToDictionary(n => "h" + n, _ => (object?)"0123456789"),
            new() { ["deep"] = deep },
            new() { ["cloudEvents_type"] = new Dictionary<string, object?> { ["a"] = 1 }, ["traceparent"] = new List<object?> { 1, 2 } }
        })
        {
            var id = Guid.NewGuid().ToString();
            await clinic.NorthEhr.Publish(Intruder.Referral, Intruder.NewReferral(out _), p =>
            {
                p.MessageId = id;
                p.Headers = headers;
            });
            (await clinic.NorthEhr.AnswersTo(id)).ShouldHaveSingleItem().Accepted();
        }
    }

    [Fact, Trait("Abuse", "58")]
    public async Task Who_never_acknowledges_holds_up_only_itself()
    {
        await using var connection = await clinic.Host.Connect("north.harbour");
        await using var channel = await connection.CreateChannelAsync();
        var got = 0;
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, _) =>
        {
            Interlocked.Increment(ref got);
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync("events.north.harbour.main", autoAck: false, consumer);
        for (var n = 0; n < 30; n++)
        {
            var walk = await new Walk(clinic).Registered();
            if (n == 29) await clinic.Ear.Wait("intake.client-registered.v1", "clientId", walk.ClientId);
        }
        await Eventually.True(() => got >= 30, "the events it sits on");
        await Trail.Complete(clinic);
        // what it may hoard is bounded: the oldest go, and it can ask for them again
        (await clinic.Host.Policy("events.north.harbour.main")).ShouldBe("clinic-systems");
    }

    [Fact, Trait("Abuse", "60")]
    public async Task A_storm_of_poison_is_answered_and_does_not_keep_the_neighbour_waiting()
    {
        const int storm = 2000;
        await using var harbour = await ClinicSystem.Connect(clinic.Host, "north.harbour");
        var refusedBefore = await Refusals();
        var poison = Task.Run(async () =>
        {
            for (var n = 0; n < storm; n++)
                await harbour.Publish(Intruder.Referral, "{\"poison\":1}"u8.ToArray(), p => p.MessageId = "poison-" + Guid.NewGuid());
        });
        var waits = new List<double>();
        while (!poison.IsCompleted)
        {
            var clock = Stopwatch.StartNew();
            await TheNextIsAccepted();
            waits.Add(clock.Elapsed.TotalSeconds);
        }
        await poison;
        await Eventually.True(() => harbour.Answers.Length >= storm, "every one of the storm to be answered", 60);
        TestContext.Current.TestOutputHelper!.WriteLine($"{waits.Count} commands meanwhile, the slowest took {waits.Max():F1} s");
        waits.Max().ShouldBeLessThan(15);
        (await Refusals() - refusedBefore).ShouldBe(storm);
        (await clinic.Host.Messages("clinic.dead-letters")).ShouldBe(0);
        (await clinic.Host.Queues()).ShouldNotContain(queue => queue.EndsWith("_error", StringComparison.Ordinal) || queue.EndsWith("_skipped", StringComparison.Ordinal));
    }

    private Task<long> Refusals() => clinic.Ledger("intake").Value<long>("select count(*) from clinic.inbox where sender = 'north.harbour' and answer_type = 'command.rejected.v1'");

    private async Task TheNextIsAccepted()
    {
        var id = Guid.NewGuid().ToString();
        await clinic.NorthEhr.Publish(Intruder.Referral, Intruder.NewReferral(out _), p => p.MessageId = id);
        (await clinic.NorthEhr.AnswersTo(id)).ShouldHaveSingleItem().Accepted();
    }
}
