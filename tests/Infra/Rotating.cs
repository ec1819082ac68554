using System.Runtime.Versioning;
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
