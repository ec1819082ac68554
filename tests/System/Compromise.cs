using System.Diagnostics;

namespace Clinic.SystemTests;

/// <summary>A stolen credential is reported once, and every service stops believing it.</summary>
public sealed class Compromise(RunningClinic clinic)
{
    private static readonly (string Service, string Path)[] Reads =
        [("intake", "safety-card"), ("consent", "consents"), ("session", "sessions"), ("feedback", "scores")];

    [Fact, Trait("Scenario", "S58")]
    public async Task Within_sixty_seconds_no_service_takes_what_was_issued_before()
    {
        var walk = await new Walk(clinic).Registered();
        var stolen = clinic.Tokens.For(walk.Therapist);
        foreach (var (service, view) in Reads) (await Read(service, view, stolen)).Status.ShouldBeOneOf(200, 404);
        (await Read("consent", "consents", stolen)).Accepted();

        (await clinic.Post("intake.report-credential-compromise.v1", new { issuer = Tokens.Issuer, subject = walk.Therapist.Subject }, Person.Operator())).Accepted();
        var clock = Stopwatch.StartNew();
        foreach (var (service, view) in Reads)
            await Eventually.True(async () => (await Read(service, view, stolen)).Status == 401, $"{service} to refuse the stolen token", 60);
        TestContext.Current.TestOutputHelper!.WriteLine($"refused everywhere after {clock.Elapsed.TotalMilliseconds:F0} ms");
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(60));
        (await Read("consent", "consents", stolen)).Refused("invalid_token", 401);

        // who has logged in anew goes on working; iat counts whole seconds
        await Task.Delay(TimeSpan.FromSeconds(1.1));
        (await Read("consent", "consents", clinic.Tokens.For(walk.Therapist))).Accepted();
        // nobody else is concerned
        (await Read("consent", "consents", clinic.Tokens.For(Person.Auditor()))).Accepted();
        (await clinic.Ear.Wait("credential.compromised.v1", "subjectHash", RunningClinic.SubjectHash(walk.Therapist.Subject))).Text.ShouldNotContain(walk.Therapist.Id);

        async Task<Answer> Read(string service, string view, string token) =>
            (await Abuse.Attempt.Request(clinic, HttpMethod.Get, service, $"/clients/{walk.ClientId}/{view}", token, null, ("Purpose-Of-Use", "TREAT"))).Answer;
    }

    [Fact, Trait("Scenario", "S58")]
    public async Task Also_of_those_who_are_linked_to_nobody()
    {
        var auditor = new Person("aud-stolen", "auditor");
        var walk = await new Walk(clinic).RegisteredOnly();
        var stolen = clinic.Tokens.For(auditor);
        (await Read(stolen)).Accepted();

        (await clinic.Post("intake.report-credential-compromise.v1", new { issuer = Tokens.Issuer, subject = auditor.Subject }, Person.Operator())).Accepted();

        await Eventually.True(async () => (await Read(stolen)).Status == 401, "audit to refuse the stolen token", 60);

        async Task<Answer> Read(string token) =>
            (await Abuse.Attempt.Request(clinic, HttpMethod.Get, "audit", $"/trail?clientId={walk.ClientId}", token, null, ("Purpose-Of-Use", "HLEGAL"))).Answer;
    }
}
