using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Clinic.SystemTests.Abuse;

/// <summary>Tokens that no authority of ours issued for this: each is refused with 401 at every kind of route.</summary>
public sealed class ForgedTokens(RunningClinic clinic)
{
    private readonly Person supervisor = Person.Supervisor();

    [Fact, Trait("Abuse", "1")]
    public Task No_token() => Refused(null);

    [Fact, Trait("Abuse", "2")]
    public Task Expired() => Refused(Token(claims => (claims["exp"], claims["nbf"], claims["iat"]) = (Now - 31, Now - 60, Now - 60)));

    [Fact, Trait("Abuse", "3")]
    public Task Not_valid_yet() => Refused(Token(claims => claims["nbf"] = Now + 35));

    [Fact]
    public async Task Clocks_may_differ_by_thirty_seconds()
    {
        await Accepted(Token(claims => (claims["exp"], claims["nbf"], claims["iat"]) = (Now - 20, Now - 60, Now - 60)));
        await Accepted(Token(claims => claims["nbf"] = Now + 20));
    }

    [Fact]
    public Task Without_an_end() => Refused(Token(claims => claims.Remove("exp")));

    [Fact]
    public Task Without_its_time_of_issue() => Refused(Token(claims => claims.Remove("iat")), code: "invalid_token");

    [Theory, Trait("Abuse", "4")]
    [InlineData("none")]
    [InlineData("None")]
    public Task Unsigned(string alg) => Refused(Token(header: h => h["alg"] = alg, sign: _ => []));

    [Fact, Trait("Abuse", "4")]
    public Task Signed_by_somebody_else()
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Refused(Token(sign: bytes => key.SignData(bytes, HashAlgorithmName.SHA256)));
    }

    [Fact, Trait("Abuse", "5")]
    public async Task Signed_with_the_public_key_as_a_shared_secret()
    {
        var pem = await File.ReadAllTextAsync(Path.Combine(clinic.Settings["Clinic__SecretsDir"], "token-public.pem"));
        foreach (var secret in new[] { pem, pem.Trim() })
            await Refused(Token(header: h => h["alg"] = "HS256", sign: bytes => HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), bytes)));
    }

    [Theory, Trait("Abuse", "6")]
    [InlineData("session")]
    [InlineData("clinic")]
    [InlineData("Consent")]
    [InlineData("")]
    public Task For_another_audience(string audience) => Refused(Token(claims => claims["aud"] = audience));

    [Theory, Trait("Abuse", "7")]
    [InlineData("https://clinic.local/dev/")]
    [InlineData("https://CLINIC.local/dev")]
    [InlineData("https://elsewhere.example/dev")]
    public Task Of_another_issuer(string issuer) => Refused(Token(claims => claims["iss"] = issuer));

    [Theory, Trait("Abuse", "8")]
    [InlineData("JWT")]
    [InlineData("id_token+jwt")]
    [InlineData(null)]
    public Task An_id_token(string? type) => Refused(Token(header: h => { if (type is null) h.Remove("typ"); else h["typ"] = type; }));

    [Theory, Trait("Abuse", "10")]
    [InlineData("jku")]
    [InlineData("x5u")]
    [InlineData("jwk")]
    public Task That_brings_its_own_key(string where)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(false).Q;
        return Refused(Token(header: h => h[where] = where == "jwk"
            ? new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = Tokens.Base64Url(point.X!), ["y"] = Tokens.Base64Url(point.Y!) }
            : clinic["intake"].Url + "keys", sign: bytes => key.SignData(bytes, HashAlgorithmName.SHA256)));
    }

    [Fact]
    public async Task Cut_short_or_prolonged()
    {
        var good = Token();
        await Refused(good[..^4]);
        await Refused(good + ".x");
        await Refused("x." + good);
    }

    private static long Now => DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    private string Token(Action<JsonObject>? claims = null, Action<JsonObject>? header = null, Func<byte[], byte[]>? sign = null) =>
        clinic.Tokens.For(supervisor, claims, header, sign);

    private async Task Refused(string? token, string code = "unauthorized")
    {
        var walk = new Walk(clinic);
        await clinic.Introduce(supervisor);
        await clinic.ChangesNothing(async () =>
        {
            foreach (var path in new[] { $"/clients/{walk.ClientId}/consents", "/openapi/v1.json", "/nowhere" })
                Challenged(await clinic.Request(HttpMethod.Get, "consent", path, token, null, ("Purpose-Of-Use", "TREAT")), path == "/nowhere" && code != "unauthorized" ? null : code);
            Challenged(await clinic.Request(HttpMethod.Post, "consent", "/commands/consent.withdraw-consent.v1", token,
                new StringContent("""{"clientId":"c-1","requestedBy":"c-1","channel":"app"}""", Encoding.UTF8, "application/json")), code);
        });
        // the same door stands open for who may pass
        await Accepted(clinic.Tokens.For(supervisor));
    }

    private static void Challenged((Answer Answer, HttpResponseMessage Response) came, string? code)
    {
        if (code is null) return;
        came.Answer.Refused(code, 401);
        came.Response.Headers.WwwAuthenticate.ToString().ShouldStartWith("Bearer");
    }

    private async Task Accepted(string token)
    {
        await clinic.Introduce(supervisor);
        (await clinic.Request(HttpMethod.Get, "consent", $"/clients/{new Walk(clinic).ClientId}/consents", token, null, ("Purpose-Of-Use", "TREAT"))).Answer.Accepted();
    }
}
