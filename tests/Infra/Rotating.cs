using System.Buffers.Text;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Clinic.Cli;
using Clinic.Cli.Rotate;
using Clinic.Cli.Secrets;
using Clinic.EventLog;
using Clinic.EventLog.Keys;
using Clinic.Hosting;
using Microsoft.Extensions.Configuration;

namespace Clinic.Tests.Infra;

/// <summary>Keys change while services run: nobody meets a key that it does not know.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class Rotating : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("clinic-rotating-");
    private readonly Installed installed;

    public Rotating()
    {
        using (var secrets = SecretFolder.Open(folder.FullName)) Installation.Create(secrets, production: false);
        installed = new Installed(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Clinic:SecretsDir"] = folder.FullName,
            ["Database:Host"] = "127.0.0.1",
            ["Database:Port"] = "1"
        }).Build());
    }

    [Fact]
    public async Task a_new_mac_key_is_known_before_it_is_used_and_the_old_one_verifies_for_ever()
    {
        // two processes of one service, neither restarted
        var (one, two) = (installed.Service("intake").Seal, installed.Service("intake").Seal);
        var before = one.Over(Event);
        before.MacKeyId.ShouldBe("k1");
        await Step("mac", "add");
        one.Over(Event).MacKeyId.ShouldBe("k1");
        await Step("mac", "add");
        Secret("mac-key-intake").Split('\n').Length.ShouldBe(2, "one new key is enough");
        await Step("mac", "use");
        // the other may not have looked yet; it knows the key all the same
        var after = one.Over(Event);
        after.MacKeyId.ShouldBe("k2");
        two.Holds(Event, after).ShouldBeTrue();
        two.Holds(Event, before).ShouldBeTrue();
        one.Holds(Event, before).ShouldBeTrue();
        await Should.ThrowAsync<RefusedException>(() => Step("mac", "retire"));
    }

    [Theory]
    [InlineData("release")]
    public async Task a_release_signed_before_during_and_after_is_accepted_until_the_old_key_is_retired(string kind)
    {
        var signer = new ReleaseSigner(Path.Combine(folder.FullName, "release-signing.pem"));
        var verifier = new ReleaseVerifier(Path.Combine(folder.FullName, "release-public.pem"), "session");
        var release = new SignedRelease("d", "north", "c", "r", "TREAT", "attendance", new DateOnly(2026, 1, 1), new DateOnly(2026, 2, 1), "MH BH");
        string Sign() => signer.Sign(release, "session", DateTimeOffset.UtcNow);

        var old = Sign();
        await Step(kind, "add");
        await Should.ThrowAsync<RefusedException>(() => Step(kind, "retire"));
        (await verifier.Verify(Sign())).ShouldBe(release);
        await Step(kind, "use");
        var next = Sign();
        (await verifier.Verify(old)).ShouldBe(release);
        (await verifier.Verify(next)).ShouldBe(release);
        await Step(kind, "retire");
        (await verifier.Verify(next)).ShouldBe(release);
        (await verifier.Verify(old)).ShouldBeNull();
    }

    [Fact]
    public async Task a_command_sealed_before_during_and_after_is_opened_until_the_old_key_is_retired()
    {
        var keys = new SealingKeys(Path.Combine(folder.FullName, "sealing-intake.pem"));
        var old = Published(keys);
        string Open(string jwe) => Encoding.UTF8.GetString(keys.Open(Encoding.UTF8.GetBytes(jwe), "north.ehr", "a.v1"));
        var before = Seal(old, "before");
        await Step("sealing", "add");
        await Step("sealing", "add");
        SealingKeys.Blocks(Secret("sealing-intake.pem")).Count.ShouldBe(2, "one new key is enough");
        Published(keys).GetProperty("kid").GetString().ShouldBe(old.GetProperty("kid").GetString(), "nobody seals to it yet");
        await Should.ThrowAsync<RefusedException>(() => Step("sealing", "retire"));
        var waiting = Secret("sealing-intake.next");
        await Step("sealing", "use");
        // interrupted before it had noted that it was done
        File.WriteAllText(Path.Combine(folder.FullName, "sealing-intake.next"), waiting);
        await Step("sealing", "use");
        var next = Published(keys);
        next.GetProperty("kid").GetString().ShouldNotBe(old.GetProperty("kid").GetString());
        // a sender that has not looked again, and one that has
        (Open(before), Open(Seal(old, "during")), Open(Seal(next, "after"))).ShouldBe(("before", "during", "after"));
        await Step("sealing", "retire");
        Open(Seal(next, "later")).ShouldBe("later");
        Should.Throw<MalformedException>(() => Open(before)).Message.ShouldContain("fetch /.well-known/jwks.json again");
    }

    private static JsonElement Published(SealingKeys keys) => JsonSerializer.SerializeToElement(keys.PublicKeys).GetProperty("keys")[0];

    /// <summary>As a clinic system does it: docs/guides/bus-client.md.</summary>
    private static string Seal(JsonElement jwk, string plain)
    {
        string Text(string name) => jwk.GetProperty(name).GetString()!;
        using var own = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        using var recipient = ECDiffieHellman.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Base64Url.DecodeFromChars(Text("x")), Y = Base64Url.DecodeFromChars(Text("y")) }
        });
        var point = own.ExportParameters(false).Q;
        var header = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new
        {
            alg = "ECDH-ES",
            enc = "A256GCM",
            kid = Text("kid"),
            apu = Base64Url.EncodeToString("north.ehr"u8),
            apv = Base64Url.EncodeToString("a.v1"u8),
            epk = new { kty = "EC", crv = "P-256", x = Base64Url.EncodeToString(point.X!), y = Base64Url.EncodeToString(point.Y!) }
        }));
        var (nonce, cipher, tag) = (RandomNumberGenerator.GetBytes(12), new byte[plain.Length], new byte[16]);
        using var aes = new AesGcm(SealingKey.Agree(own, recipient.PublicKey, "A256GCM", "north.ehr", "a.v1", 256), 16);
        aes.Encrypt(nonce, Encoding.ASCII.GetBytes(plain), cipher, tag, Encoding.ASCII.GetBytes(header));
        return $$"""{"jwe":"{{header}}..{{Base64Url.EncodeToString(nonce)}}.{{Base64Url.EncodeToString(cipher)}}.{{Base64Url.EncodeToString(tag)}}"}""";
    }

    [Fact]
    public async Task a_new_certificate_is_of_the_authority_that_clients_trust()
    {
        var (authority, server) = (Secret("ca.pem"), Secret("server.pem"));
        var rotate = RotateCommand.Build();
        Environment.SetEnvironmentVariable("Clinic__SecretsDir", folder.FullName);
        try
        {
            (await rotate.Parse(["certificates"]).InvokeAsync()).ShouldBe(0);
            (await rotate.Parse(["everything"]).InvokeAsync()).ShouldBe(2);
        }
        finally
        {
            Environment.SetEnvironmentVariable("Clinic__SecretsDir", null);
        }
        Secret("ca.pem").ShouldBe(authority);
        Secret("server.pem").ShouldNotBe(server);
    }

    [Theory]
    [InlineData(""), InlineData("k1 00"), InlineData("k1 0011 22"), InlineData("k1 zz")]
    public void a_ring_that_is_none_is_refused_without_being_quoted(string text) =>
        Should.Throw<FormatException>(() => KeyRing.Parse(text, "k1")).Message.ShouldNotContain("00");

    [Fact]
    public void a_file_half_written_or_gone_leaves_what_was_known()
    {
        var path = Path.Combine(folder.FullName, "watched");
        File.WriteAllText(path, "1");
        var file = new WatchedFile<string>(path, text => text.Length == 1 ? text : throw new FormatException());
        file.Value.ShouldBe("1");
        File.WriteAllText(path, "12");
        Thread.Sleep(2100);
        file.Value.ShouldBe("1");
        File.Delete(path);
        Thread.Sleep(2100);
        file.Value.ShouldBe("1");
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static SealedFields Event => new("north", "s", 1, Guid.Empty, "counted", DateTimeOffset.UnixEpoch, null, null, null, null, "{}");

    private string Secret(string name) => File.ReadAllText(Path.Combine(folder.FullName, name)).Trim();

    /// <summary>And long enough for everybody to have looked.</summary>
    private async Task Step(string kind, string step)
    {
        await RotateCommand.Run(installed, kind, step, TimeSpan.Zero, default);
        await Task.Delay(2100);
    }
}
