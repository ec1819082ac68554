using System.Diagnostics;

namespace Clinic.SystemTests;

/// <summary>Processes end between any two instructions, also between a commit and its acknowledgement.</summary>
public sealed class Crashes(RunningClinic clinic)
{
    private const int Clients = 100;

    [Fact, Trait("Scenario", "T29")]
    public async Task Killed_again_and_again_amid_two_hundred_commands_each_has_one_effect_and_one_answer()
    {
        var walks = Enumerable.Range(0, Clients).Select(_ => new Walk(clinic)).ToArray();
        var recipient = await new Walk(clinic).Sharing();
        foreach (var ten in walks.Chunk(10))
            await Task.WhenAll(ten.Select(async walk => (await clinic.Post("consent.propose-consent.v1", Care(walk), walk.Therapist)).Accepted()));

        var clock = Stopwatch.StartNew();
        var killing = KillRepeatedly();
        foreach (var walk in walks)
        {
            await clinic.NorthEhr.Send("consent.grant-consent.v1", walk.Grant(walk.SharingDirective), "grant-" + walk.ClientId);
            await clinic.NorthHarbour.Send("consent.request-disclosure.v1", Request(walk, recipient), "request-" + walk.ClientId);
            await Task.Delay(30);
        }
        await killing;

        foreach (var walk in walks)
        {
            (await clinic.NorthEhr.AnswersTo("grant-" + walk.ClientId, seconds: 60)).Distinct().ShouldHaveSingleItem().Accepted();
            (await clinic.NorthHarbour.AnswersTo("request-" + walk.ClientId, seconds: 60)).Distinct().ShouldHaveSingleItem().Accepted();
        }
        await Trail.Complete(clinic, seconds: 60);
        var again = await clinic.Ledger("consent").Value<long>(
            "select count(*) from clinic.inbox where asked > 1 and (message_id like 'grant-c-%' or message_id like 'request-c-%')");
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{2 * Clients} commands, 5 kills, {again} came again after their commit: {clock.Elapsed.TotalSeconds:F1} s");
        foreach (var walk in walks)
        {
            (await clinic.Ledger("consent").Count("consent_granted", "clientId", walk.ClientId)).ShouldBe(1);
            (await clinic.Ledger("consent").Count("disclosure_requested", "clientId", walk.ClientId)).ShouldBe(1);
            (await clinic.Ledger("session").Count("consent_noted", "clientId", walk.ClientId)).ShouldBe(1);
        }
    }

    private async Task KillRepeatedly()
    {
        foreach (var name in new[] { "consent", "session", "consent", "audit", "consent" })
        {
            await Task.Delay(Random.Shared.Next(300, 900));
            await clinic[name].Kill();
            clinic[name].Start();
            await clinic[name].Ready();
        }
    }

    private static object Care(Walk walk) => new
    {
        walk.ClientId,
        directiveId = walk.SharingDirective,
        document = new { id = "care", version = 1, language = "en", contentHash = Walk.Hash("care") },
        scopes = new[] { new { kind = "treatment" } }
    };

    /// <summary>Denied, for nobody has agreed to it: and a denial is an effect, too.</summary>
    private static object Request(Walk walk, Walk recipient) => new
    {
        disclosureId = walk.DisclosureId(),
        walk.ClientId,
        recipient.RecipientId,
        purpose = "TREAT",
        purposeStatement = $"{Walk.Private} asks",
        categories = new[] { "attendance" },
        periodFrom = Walk.Day(-30),
        periodTo = Walk.Day(0),
        legalBasis = "consent"
    };
}
