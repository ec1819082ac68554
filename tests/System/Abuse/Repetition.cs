namespace Clinic.SystemTests.Abuse;

/// <summary>Keys, versions and pages that are used again, too often, or for something else.</summary>
public sealed class Repetition(RunningClinic clinic)
{
    [Fact, Trait("Abuse", "34")]
    public async Task A_key_used_for_another_body()
    {
        var walk = await new Walk(clinic).Registered();
        var key = Guid.NewGuid().ToString();
        (await clinic.Post("consent.propose-consent.v1", walk.Proposal(), walk.Therapist, key)).Accepted();
        await clinic.ChangesNothing(async () => (await clinic.Post("consent.propose-consent.v1", new
        {
            walk.ClientId,
            directiveId = "other-" + walk.ClientId,
            document = new { id = "sharing", version = 1, language = "en", contentHash = Walk.Hash("sharing") },
            scopes = new[] { new { kind = "treatment" } }
        }, walk.Therapist, key)).Refused("message_id_reused"));
    }

    [Fact, Trait("Abuse", "35")]
    public async Task A_hundred_at_once()
    {
        var walk = await new Walk(clinic).Registered();
        var proposal = walk.Proposal();
        var key = Guid.NewGuid().ToString();

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => clinic.Post("consent.propose-consent.v1", proposal, walk.Therapist, key)));

        answers.Distinct().ShouldHaveSingleItem().Accepted();
        (await clinic.Ledger("consent").Count("consent_proposed", "directiveId", walk.SharingDirective)).ShouldBe(1);
    }

    [Fact, Trait("Abuse", "36")]
    public async Task A_version_that_is_over()
    {
        var walk = await new Walk(clinic).Sharing();
        await clinic.ChangesNothing(async () => (await clinic.PostRaw("consent.withdraw-consent.v1",
            $$"""{"clientId":"{{walk.ClientId}}","requestedBy":"{{walk.ClientId}}","channel":"app"}""", walk.Client, ("If-Match", "\"1\""))).Refused("version_mismatch", 412));
        // and a stranger is not told the version
        var stranger = Person.Therapist("stranger-1");
        await clinic.Introduce(stranger);
        await clinic.ChangesNothing(async () => (await clinic.PostRaw("consent.withdraw-consent.v1",
            $$"""{"clientId":"{{walk.ClientId}}","requestedBy":"{{walk.ClientId}}","channel":"app"}""", stranger, ("If-Match", "\"1\""))).Refused("not_found", 404));
    }

    [Theory, Trait("Abuse", "39")]
    [InlineData("1000000000")]
    [InlineData("501")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1e3")]
    public async Task A_page_of_everything(string limit)
    {
        var walk = await new Walk(clinic).Registered();
        await clinic.ChangesNothing(async () =>
            (await clinic.Get("audit", $"/trail?clientId={walk.ClientId}&limit={limit}", Person.Auditor(), "HLEGAL")).Refused("malformed", 400).Field.ShouldBe("limit"));
    }

    [Fact, Trait("Abuse", "40")]
    public async Task A_cursor_that_was_not_given()
    {
        var (walk, other) = (await new Walk(clinic).Sharing(), await new Walk(clinic).Sharing());
        await Trail.Complete(clinic);
        var path = $"/trail?clientId={walk.ClientId}&limit=1";
        await Eventually.True(async () => (await Page(path)).Next is not null, "a second page");
        var (first, cursor) = await Page(path);
        var (second, _) = await Page($"{path}&cursor={cursor}");
        second.ShouldNotBe(first);

        var flipped = (cursor![0] == 'A' ? 'B' : 'A') + cursor[1..];
        await clinic.ChangesNothing(async () =>
        {
            foreach (var forged in new[] { $"{path}&cursor={flipped}", $"{path}&cursor={cursor}AAAA", $"{path}&cursor=!!", $"{path}&cursor=AAAA", $"/trail?clientId={other.ClientId}&limit=1&cursor={cursor}" })
                (await clinic.Get("audit", forged, Person.Auditor(), "HLEGAL")).Refused("malformed", 400).Field.ShouldBe("cursor");
            // nor is it one in another clinic
            (await clinic.Get("audit", $"{path}&cursor={cursor}", Person.Auditor(Person.South), "HLEGAL")).Refused("malformed", 400);
        });
    }

    [Fact]
    public async Task Page_by_page_every_row_comes_once()
    {
        var walk = await new Walk(clinic).Sharing();
        await Trail.Complete(clinic);
        var positions = new List<long>();
        for (string? cursor = ""; cursor is not null;)
        {
            var (answer, next) = await Page($"/trail?clientId={walk.ClientId}&limit=2{(cursor.Length > 0 ? "&cursor=" + cursor : "")}");
            positions.AddRange(answer.Body.AsArray().Where(row => row!["producer"]!.GetValue<string>() != "audit").Select(row => row!["position"]!.GetValue<long>()));
            cursor = next;
        }
        positions.Count.ShouldBeGreaterThan(3);
        positions.Distinct().Count().ShouldBe(positions.Count);
    }

    private async Task<(Answer Answer, string? Next)> Page(string path)
    {
        var (answer, response) = await clinic.Request(HttpMethod.Get, "audit", path, clinic.Tokens.For(Person.Auditor()), null, ("Purpose-Of-Use", "HLEGAL"));
        return (answer.Accepted(), response.Headers.TryGetValues("Next-Cursor", out var next) ? next.Single() : null);
    }
}
