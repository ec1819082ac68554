using System.Net.Http.Headers;

namespace Clinic.SystemTests.Abuse;

/// <summary>A service that trusts an authority by configuration alone, as an installation does.</summary>
public sealed class AnAuthority(RunningClinic clinic)
{
    private const int Flood = 300;

    [Fact, Trait("Abuse", "9")]
    public async Task Is_not_flooded_with_questions_for_keys_that_do_not_exist()
    {
        await using var authority = await Authority.Start();
        await using var service = await Trusting(authority);

        (await Worklist(service, authority.Token(clinic.Tokens, Person.Operator()))).ShouldBe(200);
        var before = authority.Asked;
        for (var i = 0; i < Flood; i++)
            (await Worklist(service, authority.Token(clinic.Tokens, Person.Operator(), kid: Guid.NewGuid().ToString("N"), genuine: false))).ShouldBe(401);
        (authority.Asked - before).ShouldBeLessThanOrEqualTo(2, "unknown keys were asked for again and again");
        (await Worklist(service, authority.Token(clinic.Tokens, Person.Operator()))).ShouldBe(200);
    }

    [Fact]
    public async Task Is_the_only_one_whose_tokens_count()
    {
        await using var authority = await Authority.Start();
        await using var service = await Trusting(authority);

        (await Worklist(service, authority.Token(clinic.Tokens, Person.Operator()))).ShouldBe(200);
        (await Worklist(service, clinic.Tokens.For(Person.Operator()))).ShouldBe(401);
        (await Worklist(service, authority.Token(clinic.Tokens, Person.Operator(), genuine: false))).ShouldBe(401);
    }

    private async Task<ServiceProcess> Trusting(Authority authority)
    {
        var service = clinic["intake"].Again(new() { ["Auth__Authority"] = authority.Issuer, ["Auth__RequireHttps"] = "false", ["Auth__PublicKeyFile"] = "", ["Limits__SubjectPerSecond"] = "0" });
        service.Start();
        await service.Ready();
        return service;
    }

    private async Task<int> Worklist(ServiceProcess service, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(service.Url, "/worklist"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await clinic.Http.SendAsync(request);
        return (int)response.StatusCode;
    }
}
