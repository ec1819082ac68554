using System.Text;
using System.Text.Json;

namespace Clinic.SystemTests;

/// <summary>What other people's software sends: refused with a reason, never lost, and never in the way of the next.</summary>
public sealed class ForeignMessages(RunningClinic clinic)
{
    private const string Contract = "intake.receive-referral.v1";

    public static TheoryData<string, string, string, string?> Wrong => new()
    {
        { "a missing member", """{"referralId":"r-1","source":"gp","reasonCodes":[]}""", "malformed", "urgency" },
        { "an unknown member", """{"referralId":"r-1","source":"gp","reasonCodes":[],"urgency":"routine","colour":"red"}""", "malformed", "colour" },
        { "a member of the wrong type", """{"referralId":1,"source":"gp","reasonCodes":[],"urgency":"routine"}""", "malformed", "referralId" },
        { "a null where none may be", """{"referralId":null,"source":"gp","reasonCodes":[],"urgency":"routine"}""", "malformed", "referralId" },
        { "a member twice", """{"referralId":"r-1","referralId":"r-2","source":"gp","reasonCodes":[],"urgency":"routine"}""", "malformed", null },
        { "a member in other letters", """{"ReferralId":"r-1","source":"gp","reasonCodes":[],"urgency":"routine"}""", "malformed", null },
        { "a value outside its list", """{"referralId":"r-1","source":"gp","reasonCodes":["low-mood"],"urgency":"yesterday"}""", "invalid", "urgency" },
        { "another command", """{"clientId":"c-1","directiveId":"d-1"}""", "malformed", null },
        { "an envelope", """{"specversion":"1.0","id":"1","source":"/x","type":"intake.receive-referral.v1","data":{}}""", "malformed", null },
        { "an array", "[]", "malformed", null },
        { "null", "null", "malformed", null },
        { "no JSON", "referralId=r-1", "malformed", null },
        { "nothing", "", "malformed", null }
    };

    [Theory, MemberData(nameof(Wrong))]
    public async Task Refused_with_a_reason(string what, string body, string code, string? field)
    {
        var id = Guid.NewGuid().ToString();
        await clinic.NorthEhr.Publish(Contract, Encoding.UTF8.GetBytes(body), properties => properties.MessageId = id);

        var answer = (await clinic.NorthEhr.AnswersTo(id)).ShouldHaveSingleItem(what).Refused(code);

        answer.Body["id"]!.GetValue<string>().ShouldBe(id);
        answer.Body["reason"]!.GetValue<string>().ShouldNotBeEmpty();
        if (field is not null) answer.Field.ShouldBe(field);
        await TheNextIsAccepted();
    }

    [Fact]
    public async Task A_message_of_one_mebibyte_is_looked_at_and_one_byte_more_is_refused_by_the_broker()
    {
        await using var system = await ClinicSystem.Connect(clinic.Host, "north.ehr");
        var id = Guid.NewGuid().ToString();
        await system.Publish(Contract, new byte[1024 * 1024], properties => properties.MessageId = id);
        (await system.AnswersTo(id)).ShouldHaveSingleItem().Refused("malformed");
        await Should.ThrowAsync<Exception>(() => system.Publish(Contract, new byte[1024 * 1024 + 1], properties => properties.MessageId = id));
        await TheNextIsAccepted();
    }

    [Fact]
    public async Task A_message_without_an_id_is_refused_to_its_sender()
    {
        await using var system = await ClinicSystem.Connect(clinic.Host, "north.ehr");
        await system.Publish(Contract, Referral(out _), _ => { });

        (await system.AnswersTo(null)).ShouldHaveSingleItem().Refused("message_id_missing");
        await TheNextIsAccepted();
    }

    [Fact]
    public async Task Without_any_header_it_is_the_command_of_its_queue_and_of_no_other()
    {
        var id = Guid.NewGuid().ToString();
        await clinic.NorthEhr.Publish(Contract, Referral(out var referralId), properties =>
        {
            properties.MessageId = id;
            properties.Type = null;
            properties.ContentType = null;
        });

        (await clinic.NorthEhr.AnswersTo(id)).ShouldHaveSingleItem().Accepted();
        (await clinic.Ledger("intake").Count("referral_received", "referralId", referralId)).ShouldBe(1);
    }

    [Theory]
    [InlineData("a zero\0inside")]
    [InlineData("a line\nbreak")]
    public async Task An_id_that_cannot_be_written_down_is_refused(string id)
    {
        await using var system = await ClinicSystem.Connect(clinic.Host, "north.ehr");
        await system.Publish(Contract, Referral(out var referralId), properties => properties.MessageId = id);

        (await system.AnswersTo(null)).ShouldHaveSingleItem().Status.ShouldBe(409);
        (await clinic.Ledger("intake").Count("referral_received", "referralId", referralId)).ShouldBe(0);
        await TheNextIsAccepted();
    }

    [Fact]
    public async Task Any_other_id_is_the_senders_own_affair()
    {
        var id = "no guid, but 'quoted' \"twice\" and ü " + Guid.NewGuid();
        await clinic.NorthEhr.Publish(Contract, Referral(out _), properties => properties.MessageId = id);

        (await clinic.NorthEhr.AnswersTo(id)).ShouldHaveSingleItem().Accepted().Body["id"]!.GetValue<string>().ShouldBe(id);
    }

    [Theory]
    [InlineData("a zero \\u0000 inside")]
    [InlineData("half a character \\ud800")]
    public async Task Text_that_cannot_be_stored_is_refused(string text)
    {
        var walk = await new Walk(clinic).Registered();
        var id = Guid.NewGuid().ToString();
        var body = $$"""{"clientId":"{{walk.ClientId}}","contactRef":"v","usualLocationRef":"v","localServices":"{{text}}","reviewBy":"{{Walk.Day(9)}}"}""";

        await clinic.NorthEhr.Publish("intake.record-emergency-plan.v1", Encoding.UTF8.GetBytes(body), properties => properties.MessageId = id);

        (await clinic.NorthEhr.AnswersTo(id)).ShouldHaveSingleItem().Status.ShouldBe(409);
        (await clinic.Ledger("intake").Count("emergency_plan_recorded", "clientId", walk.ClientId)).ShouldBe(0);
    }

    [Fact]
    public async Task A_reply_queue_of_somebody_else_is_not_written_to()
    {
        var id = Guid.NewGuid().ToString();
        await clinic.NorthEhr.Publish(Contract, Referral(out var referralId), properties =>
        {
            properties.MessageId = id;
            properties.ReplyTo = clinic.SouthEhr.ReplyTo;
        });

        await clinic.Ear.Wait("intake.referral-received.v1", "referralId", referralId);
        await TheNextIsAccepted();
        clinic.SouthEhr.Answers.ShouldNotContain(a => a.Id == id);
    }

    [Fact]
    public async Task A_sender_cannot_call_itself_somebody_else()
    {
        await using var system = await ClinicSystem.Connect(clinic.Host, "north.ehr");
        await Should.ThrowAsync<Exception>(() => system.Publish(Contract, Referral(out _), properties =>
        {
            properties.MessageId = Guid.NewGuid().ToString();
            properties.UserId = "south.ehr";
        }));
        await TheNextIsAccepted();
    }

    private async Task TheNextIsAccepted()
    {
        var id = Guid.NewGuid().ToString();
        await clinic.NorthEhr.Publish(Contract, Referral(out _), properties => properties.MessageId = id);
        (await clinic.NorthEhr.AnswersTo(id)).ShouldHaveSingleItem().Accepted();
    }

    private static byte[] Referral(out string referralId)
    {
        referralId = "r-" + Guid.NewGuid().ToString("N");
        return JsonSerializer.SerializeToUtf8Bytes(new { referralId, source = "gp", reasonCodes = new[] { "low-mood" }, urgency = "routine" });
    }
}
