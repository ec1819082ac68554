using System.Net;
using System.Security.Cryptography;
using System.Text;
using Clinic.EventLog.Proofs;
using Clinic.Proof;

namespace Clinic.Tests.Infra;

/// <summary>The witness as C2SP tlog-witness describes it, over HTTP.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class AskingAWitness : IAsyncLifetime
{
    private readonly NoteSigner log = new("clinic/x/consent", SignatureKind.Signature, ECDsa.Create(ECCurve.NamedCurves.nistP256));
    private readonly List<byte[]> leaves = [.. Enumerable.Range(0, 20).Select(n => MerkleHash.Leaf([(byte)n]))];
    private readonly HttpClient http = new();
    private WitnessProcess witness = null!;

    public async ValueTask InitializeAsync()
    {
        witness = await new WitnessProcess(log.Public).Start();
        http.BaseAddress = witness.Url;
    }

    [Fact]
    public async Task it_cosigns_what_goes_on_from_what_it_has_cosigned()
    {
        var first = await Add(0, At(5));
        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        Cosigned(At(5), await first.Content.ReadAsStringAsync());
        (await Add(5, At(12))).StatusCode.ShouldBe(HttpStatusCode.OK);
        // the same again is cosigned again, with a newer time
        (await Add(12, At(12))).StatusCode.ShouldBe(HttpStatusCode.OK);
        var latest = (await new WitnessClient(http, witness.Key).Latest(log.Public.Name, CancellationToken.None))!;
        Checkpoint.Open(latest, log.Public.Name, log.Public, witness.Key).Signatures.Count.ShouldBe(2);
        Checkpoint.Parse(latest.Text).Size.ShouldBe(12);
    }

    [Fact]
    public async Task another_old_size_is_a_conflict_and_the_right_one_is_said()
    {
        await Add(0, At(5));
        foreach (var old in new[] { 0, 4, 6 })
        {
            var conflict = await Add(old, At(12));
            conflict.StatusCode.ShouldBe(HttpStatusCode.Conflict);
            conflict.Content.Headers.ContentType!.ToString().ShouldBe("text/x.tlog.size");
            (await conflict.Content.ReadAsStringAsync()).ShouldBe("5\n");
        }
    }

    [Fact, Trait("Abuse", "88")]
    public async Task a_second_history_is_never_cosigned()
    {
        await Add(0, At(5));
        (await Add(5, At(5) with { Root = new byte[32] }, [])).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await Add(5, At(12) with { Root = new byte[32] })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Held()).ShouldBe(5);
    }

    [Theory, Trait("Abuse", "86")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task a_proof_too_long_or_too_short_proves_nothing(bool longer)
    {
        await Add(0, At(5));
        var proof = MerkleProof.Consistency(5, 12, Node);
        (await Add(5, At(12), longer ? [.. proof, new byte[32]] : proof[..^1])).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Held()).ShouldBe(5);
    }

    [Fact]
    public async Task a_log_it_does_not_know_and_a_key_that_is_not_the_logs_are_told_apart()
    {
        using var stranger = new NoteSigner("clinic/x/intake", SignatureKind.Signature, ECDsa.Create(ECCurve.NamedCurves.nistP256));
        (await Add(0, At(5) with { Origin = stranger.Public.Name }, by: stranger)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var thief = new NoteSigner(log.Public.Name, SignatureKind.Signature, ECDsa.Create(ECCurve.NamedCurves.nistP256));
        (await Add(0, At(5), by: thief)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        // known from now on, without a restart
        witness.Trust(stranger.Public);
        (await Add(0, At(5) with { Origin = stranger.Public.Name }, by: stranger)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("")]
    [InlineData("old 0\n")]
    [InlineData("old 00\n\nNOTE")]
    [InlineData("old -1\n\nNOTE")]
    [InlineData("old 0\nnot base64\n\nNOTE")]
    [InlineData("new 0\n\nNOTE")]
    [InlineData("old 0\n\nno note")]
    [InlineData("old 6\n\nNOTE")]
    public async Task what_is_no_request_is_refused(string body) =>
        (await Post(body.Replace("NOTE", At(5).Sign(log, DateTimeOffset.UtcNow).ToString(), StringComparison.Ordinal))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

    [Fact]
    public async Task too_much_is_refused_before_it_is_read() => (await Post(new string('x', 20_000))).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);

    [Fact]
    public async Task what_it_has_cosigned_survives_being_killed()
    {
        await Add(0, At(5));
        await Add(5, At(12));
        await witness.Kill();
        await witness.Start();
        (await Held()).ShouldBe(12);
        (await Add(5, At(12))).StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task of_twenty_histories_sent_at_once_one_is_cosigned()
    {
        var forks = Enumerable.Range(1, 20).Select(n => At(5) with { Root = [.. Enumerable.Repeat((byte)n, 32)] });
        var answers = await Task.WhenAll(forks.Select(fork => Add(0, fork, [])));
        answers.Count(a => a.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        answers.Count(a => a.StatusCode == HttpStatusCode.Conflict).ShouldBe(19);
    }

    [Fact]
    public async Task a_second_process_over_the_same_folder_refuses_to_start_and_says_why()
    {
        (await witness.RunAnother()).ShouldNotBe(0);
        await Eventually.True(() => witness.Output.Contains("another witness works in", StringComparison.Ordinal), "the reason");
        (await Add(0, At(5))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact, Trait("Abuse", "90")]
    public async Task a_key_that_others_may_read_is_not_used()
    {
        await witness.Kill();
        File.SetUnixFileMode(witness.KeyFile, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        (await witness.RunToEnd()).ShouldNotBe(0);
        witness.Output.ShouldContain("may be read by others");
    }

    public async ValueTask DisposeAsync()
    {
        await witness.DisposeAsync();
        http.Dispose();
        log.Dispose();
    }

    private Checkpoint At(int size) => new(log.Public.Name, size, MerkleProof.Root(size, Node));

    private async Task<HttpResponseMessage> Add(int old, Checkpoint checkpoint, byte[][]? proof = null, NoteSigner? by = null)
    {
        proof ??= MerkleProof.Consistency(Math.Min(old, checkpoint.Size), checkpoint.Size, Node);
        return await Post($"old {old}\n{string.Concat(proof.Select(h => Convert.ToBase64String(h) + "\n"))}\n{checkpoint.Sign(by ?? log, DateTimeOffset.UtcNow)}");
    }

    private Task<HttpResponseMessage> Post(string body) => http.PostAsync(new Uri("add-checkpoint", UriKind.Relative), new ByteArrayContent(Encoding.UTF8.GetBytes(body)));

    private async Task<long> Held() => Checkpoint.Parse((await new WitnessClient(http, witness.Key).Latest(log.Public.Name, CancellationToken.None))!.Text).Size;

    private void Cosigned(Checkpoint checkpoint, string line) =>
        SignedNote.Parse(checkpoint.Text() + "\n" + line).Verify(witness.Key).Single().At!.Value.ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromSeconds(30));

    private byte[] Node(int level, long index)
    {
        var range = new CompactRange();
        foreach (var leaf in leaves.Skip((int)index << level).Take(1 << level)) range.Append(leaf);
        return range.Root();
    }
}
