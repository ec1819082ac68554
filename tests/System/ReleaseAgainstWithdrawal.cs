using System.Diagnostics;

namespace Clinic.SystemTests;

/// <summary>The promise that matters most, tried at the moment at which it is hardest to keep.</summary>
public sealed class ReleaseAgainstWithdrawal(RunningClinic clinic)
{
    private const int Rounds = 30;
    private const int Trials = 10;

    /// <summary>Releases whose directive had been withdrawn when the ledger took them.</summary>
    private const string TooLate = """
        select m.data ->> 'disclosureId' as disclosure, lw.position as withdrawn, lm.position as made
        from mt_events m join clinic.log lm on lm.seq_id = m.seq_id
        join mt_events w on w.tenant_id = m.tenant_id and w.type = 'consent_withdrawn'
            and w.data ->> 'clientId' = m.data ->> 'clientId' and w.data ->> 'directiveId' = m.data ->> 'directiveId'
        join clinic.log lw on lw.seq_id = w.seq_id
        where m.type = 'disclosure_made' and lw.position < lm.position
        """;

    [Fact, Trait("Scenario", "T22"), Trait("Scenario", "T23"), Trait("Abuse", "15")]
    public async Task Fired_at_the_same_instant_nothing_leaves_behind_a_withdrawal()
    {
        var walks = new List<Walk>();
        foreach (var five in Enumerable.Range(0, Rounds + Trials).Chunk(5))
            walks.AddRange(await Task.WhenAll(five.Select(_ => new Walk(clinic).Permitted())));
        var usual = await HowLongAReleaseTakes(walks[Rounds..]);

        var answers = new List<(Walk Walk, Answer Release)>();
        for (var round = 0; round < Rounds; round++)
        {
            var walk = walks[round];
            // a release reads, pulls the content and reads again before it decides: so the withdrawal comes a little later each time
            var release = clinic.Release(walk.DisclosureId(), walk.Recipient);
            await Task.Delay(usual * 1.2 * round / Rounds);
            var withdrawal = walk.Withdraw(walk.SharingDirective);
            (await withdrawal).Accepted();
            answers.Add((walk, (await release).Answer));
        }

        await Eventually.True(async () => await clinic.Ledger("consent").Value<long>("select count(*) from clinic.log_queue") == 0, "positions for all");
        (await clinic.Ledger("consent").Rows(TooLate)).ShouldBeEmpty();
        foreach (var (walk, answer) in answers)
        {
            var made = await clinic.Ledger("consent").Count("disclosure_made", "disclosureId", walk.DisclosureId());
            var cancelled = await clinic.Ledger("consent").Count("disclosure_cancelled", "disclosureId", walk.DisclosureId());
            // bytes and ledger say the same
            (made, cancelled).ShouldBe(answer.Status == 200 ? (1, 0) : (0, 1), answer.Text);
            if (answer.Status != 200) answer.Refused("disclosure_cancelled");
        }
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{answers.Count(a => a.Release.Status == 200)} of {Rounds} left before the withdrawal; a release took {usual.TotalMilliseconds:F0} ms");
    }

    private async Task<TimeSpan> HowLongAReleaseTakes(List<Walk> trials)
    {
        var times = new List<TimeSpan>();
        foreach (var walk in trials)
        {
            var clock = Stopwatch.StartNew();
            (await clinic.Release(walk.DisclosureId(), walk.Recipient)).Answer.Accepted();
            times.Add(clock.Elapsed);
        }
        return times.Order().ElementAt(Trials / 2);
    }
}
