using System.Globalization;
using System.Net.Http.Headers;
using Clinic.EventLog.Proofs;
using Clinic.Proof;

namespace Clinic.SystemTests;

/// <summary>What somebody outside can prove with public keys and HTTP alone.</summary>
public sealed class Proofs(RunningClinic clinic)
{
    private static readonly Person Auditor = Person.Auditor();

    [Fact, Trait("Scenario", "T52")]
    public async Task the_receipt_of_a_command_becomes_a_proof_that_needs_public_keys_only()
    {
        var receipt = (await Register(clinic)).Receipt;
        var text = (await Get($"/audit/proof/{receipt}", Person.Operator())).Accepted().Text;
        var proof = LogProof.Parse(text);
        var key = await clinic.LogKey("intake");
        // what the proof says of itself is checked with the pinned key; nothing of the server's is believed
        var entry = LogEntry.Parse(proof.Extra);
        proof.Verify(entry.Leaf(), key.Name, key).Size.ShouldBeGreaterThan(proof.Index);
        // the hash is the one the event has everywhere
        (await clinic.Ledger("intake").Value<byte[]>("select event_hash from clinic.log where event_id = $1", Guid.Parse(receipt!))).ShouldBe(entry.EventHash);
        // somebody else's hash is not proven
        Should.Throw<ProofException>(() => proof.Verify((entry with { EventHash = new byte[32] }).Leaf(), key.Name, key));
    }

    [Fact]
    public async Task another_clinics_event_and_one_that_never_was_look_alike()
    {
        var receipt = (await Register(clinic)).Receipt;
        (await Get($"/audit/proof/{receipt}", Person.Operator(Person.South))).Status.ShouldBe(404);
        (await Get($"/audit/proof/{Guid.NewGuid()}", Person.Operator())).Status.ShouldBe(404);
    }

    [Fact]
    public async Task tiles_and_checkpoints_are_those_of_the_specification_and_agree()
    {
        await Register(clinic);
        await Register(clinic);
        var key = await clinic.LogKey("intake");
        var (checkpoint, _) = Checkpoint.Open(SignedNote.Parse((await Get("/log/checkpoint", Auditor)).Accepted().Text), key.Name, key);
        // an auditor fetches every tile the checkpoint has and comes to the same root, from hashes and from entries
        var tiles = new Dictionary<(int, long), byte[]>();
        foreach (var tile in Tile.Of(checkpoint.Size)) tiles[(tile.Level!.Value, tile.Index)] = await Bytes("/log/" + tile.Path());
        MerkleProof.Root(checkpoint.Size, new TileNodes((level, index) => tiles[(level, index)]).At).ShouldBe(checkpoint.Root);
        var range = new CompactRange();
        foreach (var tile in Tile.Of(checkpoint.Size).Where(t => t.Level == 0))
            foreach (var entry in Tile.Unbundle(await Bytes("/log/" + (tile with { Level = null }).Path()))) range.Append(MerkleHash.Leaf(entry));
        range.Root().ShouldBe(checkpoint.Root);
        foreach (var path in new[] { "/log/tile/0/x999/999", "/log/tile/0/0", "/log/tile/0/..%2f..%2fcheckpoint", "/log/tile/64/000" })
            (await Get(path, Auditor)).Status.ShouldBe(404, path);
    }

    [Fact]
    public async Task what_the_log_was_is_proven_to_be_the_beginning_of_what_it_is()
    {
        await Register(clinic);
        var key = await clinic.LogKey("intake");
        var (before, _) = Checkpoint.Open(SignedNote.Parse((await Get("/log/checkpoint", Auditor)).Text), key.Name, key);
        var receipt = (await Register(clinic)).Receipt;
        var now = Checkpoint.Parse(LogProof.Parse((await Get($"/audit/proof/{receipt}", Person.Operator())).Text).Checkpoint.Text);
        var answer = (await Get(string.Create(CultureInfo.InvariantCulture, $"/audit/consistency?from={before.Size}&to={now.Size}"), Auditor)).Accepted().Body;
        var hashes = answer["proof"]!.AsArray().Select(h => Convert.FromBase64String(h!.GetValue<string>())).ToArray();
        MerkleProof.VerifyConsistency(before.Size, now.Size, hashes, before.Root, now.Root).ShouldBeTrue();
        (await Get("/audit/consistency?from=3&to=2", Auditor)).Status.ShouldBe(400);
        (await Get("/audit/consistency?from=0&to=99999999", Auditor)).Status.ShouldBe(400);
    }

    [Fact]
    public async Task the_witness_cosigns_and_audit_hears_of_it()
    {
        await Register(clinic);
        var key = await clinic.LogKey("intake");
        await Eventually.True(async () => Checkpoint.Open(SignedNote.Parse((await Get("/log/checkpoint", Auditor)).Text), key.Name, key, clinic.Witness.Key).Signatures.Count == 2, "a cosigned checkpoint");
        var note = SignedNote.Parse((await Get("/log/checkpoint", Auditor)).Text);
        await Eventually.True(() => clinic.Ledger("audit").Value<bool>(
            "select exists (select from clinic.heard_checkpoint where service = 'intake' and note like '%' || $1 || '%')", clinic.Witness.Key.Name), "audit to hear of it");
        (await clinic["intake"].Health("ready"))!.Text.ShouldNotContain("witness");
    }

    [Fact]
    public async Task tiles_are_for_who_verifies_and_a_checkpoint_is_for_everybody()
    {
        (await Get("/log/tile/0/000.p/1", Person.Supervisor())).Status.ShouldBe(403);
        (await Get("/log/checkpoint", Person.Supervisor())).Status.ShouldBe(200);
    }

    [Fact]
    public async Task audit_keeps_every_checkpoint_it_hears_outside_its_database_and_as_rows()
    {
        var receipt = (await Register(clinic)).Receipt;
        var proof = LogProof.Parse((await Get($"/audit/proof/{receipt}", Person.Operator())).Text);
        var size = Checkpoint.Parse(proof.Checkpoint.Text).Size;
        await Eventually.True(() => clinic.Ledger("audit").Value<bool>("select exists (select from clinic.heard_checkpoint where service = 'intake' and size >= $1)", size), "audit to hear of it");
        (await clinic.Ledger("audit").Value<long>("select count(*) from clinic.heard_checkpoint where service = 'intake' and verdict not in ('consistent', 'repeated')")).ShouldBe(0);
        new CheckpointFile(Path.Combine(clinic.CheckpointsDir("audit"), "heard-intake.jsonl")).Notes().Select(note => note.Text).ShouldContain(proof.Checkpoint.Text);
    }

    private static async Task<Answer> Register(RunningClinic clinic) => (await clinic.Post("intake.receive-referral.v1",
        new { referralId = "ref-" + Guid.NewGuid().ToString("N")[..12], source = "gp", reasonCodes = new[] { "low-mood" }, urgency = "routine" }, Person.Operator())).Accepted();

    private Task<Answer> Get(string path, Person by) => clinic.Get("intake", path, by, purpose: null);

    private async Task<byte[]> Bytes(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(clinic["intake"].Url, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", clinic.Tokens.For(Auditor));
        using var response = await clinic.Http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        response.Headers.CacheControl!.Extensions.ShouldContain(new NameValueHeaderValue("immutable"));
        return await response.Content.ReadAsByteArrayAsync();
    }
}
