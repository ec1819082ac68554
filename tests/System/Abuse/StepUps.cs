using System.Text.Json.Nodes;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Clinic.SystemTests.Abuse;

/// <summary>What must not leave on a weak or old login: RFC 9470.</summary>
public sealed class StepUps(RunningClinic clinic)
{
    [Fact, Trait("Abuse", "11")]
    public Task An_old_login() => Refused(claims => claims["auth_time"] = Now - 301);

    [Fact, Trait("Abuse", "11")]
    public Task A_login_of_the_future() => Refused(claims => claims["auth_time"] = Now + 3600);

    [Fact, Trait("Abuse", "11")]
    public Task A_login_of_no_time() => Refused(claims => claims.Remove("auth_time"));

    [Theory, Trait("Abuse", "12")]
    [InlineData("aal1")]
    [InlineData("AAL2")]
    [InlineData("0")]
    public Task A_weak_login(string acr) => Refused(claims => claims["acr"] = acr);

    [Fact, Trait("Abuse", "12")]
    public Task A_login_of_unknown_strength() => Refused(claims => claims.Remove("acr"));

    [Fact]
    public Task Somebody_for_whom_a_system_speaks() => Refused(claims => claims["on_behalf_of"] = "ther-1");

    [Fact]
    public async Task Nothing_that_needs_a_login_can_be_asked_for_on_the_bus()
    {
        foreach (var name in new[] { "consent.release-disclosure.v1", "release-disclosure" })
        {
            await using var channel = await clinic.NorthHarbour.Connection.CreateChannelAsync(new CreateChannelOptions(true, true));
            // nobody takes it, or the broker does not even let it be sent
            await Should.ThrowAsync<RabbitMQClientException>(() => channel.BasicPublishAsync("clinic.commands", name, mandatory: true,
                new BasicProperties { UserId = clinic.NorthHarbour.User, MessageId = Guid.NewGuid().ToString() }, "{\"disclosureId\":\"d-1\"}"u8.ToArray()).AsTask());
        }
    }

    private static long Now => DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    private async Task Refused(Action<JsonObject> login)
    {
        var walk = await new Walk(clinic).Permitted();
        var path = $"/disclosures/{walk.DisclosureId()}/release";
        await clinic.ChangesNothing(async () =>
        {
            var (answer, response) = await clinic.Request(HttpMethod.Post, "consent", path, clinic.Tokens.For(walk.Recipient, login));
            answer.Refused("insufficient_user_authentication", 401).Text.ShouldNotContain("attendance");
            var challenge = response.Headers.WwwAuthenticate.ToString();
            challenge.ShouldStartWith("Bearer error=\"insufficient_user_authentication\"");
            challenge.ShouldContain("acr_values=\"aal2\"");
            challenge.ShouldContain("max_age=300");
        });
        (await clinic.Ledger("consent").Value<long>("""
            select count(*) from mt_events where type = 'access_denied' and data ->> 'operation' = 'release-disclosure'
                and data ->> 'reasonCode' = 'insufficient_user_authentication' and timestamp > now() - interval '1 minute'
            """)).ShouldBePositive();
        // with a good login the same package leaves
        (await clinic.Request(HttpMethod.Post, "consent", path, clinic.Tokens.For(walk.Recipient))).Answer.Accepted();
    }
}
