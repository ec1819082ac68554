using System.Diagnostics;

namespace Clinic.SystemTests;

/// <summary>Processes end between any two instructions, also between a commit and its acknowledgement.</summary>
public sealed class Crashes(RunningClinic clinic)
{
    private const int Clients = 100;
    private const string Ours = "(message_id like 'grant-c-%' or message_id like 'request-c-%')";

    [Fact, Trait("Scenario", "T29")]
    public async Task Killed_again_and_again_amid_two_hundred_commands_each_has_one_effect_and_one_answer()
    {
        var walks = Enumerable.Range(0, Clients).Select(_ => new Walk(clinic)).ToArray();
        var recipient = await new Walk(clinic).Sharing();
        await clinic.Introduce(Person.Supervisor());
        foreach (var ten in walks.Chunk(10))
            await Task.WhenAll(ten.Select(async walk => (await clinic.Post("consent.propose-consent.v1", Care(walk), Person.Supervisor())).Accepted()));

        var clock = Stopwatch.StartNew();
        await clinic["consent"].Kill();
        foreach (var walk in walks)
        {
            await clinic.NorthEhr.Send("consent.grant-consent.v1", walk.Grant(walk.SharingDirective), "grant-" + walk.ClientId);
            await clinic.NorthHarbour.Send("consent.request-disclosure.v1", Request(walk, recipient), "request-" + walk.ClientId);
        }
        clinic["consent"].Start();
        // at full speed, so that some have been committed and not yet acknowledged
        foreach (var share in new[] { 0.25, 0.5, 0.75 })
        {
            await Eventually.True(async () => await Answered() >= share * 2 * Clients, "the next of the commands", 60);
            await clinic["consent"].Kill();
            clinic["consent"].Start();
            if (share == 0.25) await Restart("session");
            if (share == 0.5) await Restart("audit");
        }

        foreach (var walk in walks)
        {
            (await clinic.NorthEhr.AnswersTo("grant-" + walk.ClientId, seconds: 60)).Distinct().ShouldHaveSingleItem().Accepted();
            (await clinic.NorthHarbour.AnswersTo("request-" + walk.ClientId, seconds: 60)).Distinct().ShouldHaveSingleItem().Accepted();
        }
        await Trail.Complete(clinic, seconds: 60);
        var again = await clinic.Ledger("consent").Value<long>(
            $"select count(*) from clinic.inbox where asked > 1 and {Ours}");
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{2 * Clients} commands, 6 kills, {again} came again after their commit: {clock.Elapsed.TotalSeconds:F1} s");
        foreach (var walk in walks)
        {
            (await clinic.Ledger("consent").Count("consent_granted", "clientId", walk.ClientId)).ShouldBe(1);
            (await clinic.Ledger("consent").Count("disclosure_requested", "clientId", walk.ClientId)).ShouldBe(1);
            (await clinic.Ledger("session").Count("consent_noted", "clientId", walk.ClientId)).ShouldBe(1);
        }
    }

    [Fact, Trait("Scenario", "T29")]
    public async Task Killed_between_commit_and_acknowledgement_the_repeat_has_no_effect_and_is_answered()
    {
        var walks = Enumerable.Range(0, 12).Select(_ => new Walk(clinic)).ToArray();
        foreach (var walk in walks) (await clinic.Post("consent.propose-consent.v1", Care(walk), Person.Supervisor())).Accepted();

        clinic.ConsentsWire.Mute();
        foreach (var walk in walks)
            await clinic.NorthEhr.Send("consent.grant-consent.v1", walk.Grant(walk.SharingDirective), "grant-" + walk.ClientId);
        await Eventually.True(async () => await Granted(walks) == walks.Length, "all to be committed");
        clinic.NorthEhr.Answers.ShouldNotContain(a => a.Id != null && walks.Any(walk => a.Id == "grant-" + walk.ClientId));
        await clinic["consent"].Kill();
        clinic.ConsentsWire.Unmute();
        clinic["consent"].Start();

        foreach (var walk in walks) (await clinic.NorthEhr.AnswersTo("grant-" + walk.ClientId)).Distinct().ShouldHaveSingleItem().Accepted();
        await Eventually.True(async () => (await clinic.Ledger("consent").Rows("select message_id from clinic.inbox where asked > 1"))
            .Count(row => walks.Any(walk => row["message_id"]!.GetValue<string>() == "grant-" + walk.ClientId)) == walks.Length, "all to have come again");
        await Trail.Complete(clinic);
        (await Granted(walks)).ShouldBe(walks.Length);
        foreach (var walk in walks) (await clinic.Ledger("session").Count("consent_noted", "clientId", walk.ClientId)).ShouldBe(1);
    }

    private Task<long> Granted(Walk[] walks) => clinic.Ledger("consent").Value<long>(
        "select count(*) from mt_events where type = 'consent_granted' and data ->> 'clientId' = any ($1)", (object)walks.Select(walk => walk.ClientId).ToArray());

    private Task<long> Answered() => clinic.Ledger("consent").Value<long>($"select count(*) from clinic.inbox where {Ours}");

    private async Task Restart(string service)
    {
        await clinic[service].Kill();
        clinic[service].Start();
    }

    private static object Care(Walk walk) => new
    {
        walk.ClientId,
        directiveId = walk.SharingDirective,
        document = Documents.Reference(Documents.Care),
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
