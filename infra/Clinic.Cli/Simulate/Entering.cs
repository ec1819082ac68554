using Clinic.Cli.Tokens;

namespace Clinic.Cli.Simulate;

/// <summary>A client's way in: registered, screened, identified, found suitable, and agreed; or referred to somebody who sees them in person.</summary>
internal static class Entering
{
    private static readonly string[] Modalities = ["video", "text"], Severe = ["severe-depression"];

    /// <returns>The directive that treatment rests on; null when the client was referred out.</returns>
    public static async Task<string?> Play(Cast cast, Plan plan, int lane, Deeds deeds, BusDoor bus, CancellationToken ct)
    {
        var (clientId, client, therapist) = (cast.Client(plan.Client), cast.ClientLogin(plan.Client), cast.TherapistLogin(lane));
        Effect Once(string type, string member, string value) => new(clientId, type, member, value);
        var twice = plan.Weeks[0].SentTwice;

        await deeds.Do("intake.register-client.v1", new
        {
            clientId,
            route = "self",
            identityMode = "pseudonymous",
            ageBand = "25-34",
            language = "en",
            region = "GB",
            accessibility = Array.Empty<string>()
        }, null, Once("intake.client-registered.v1", "clientId", clientId), ct, twice);
        await deeds.Do("intake.link-subject.v1", new { issuer = DevelopmentToken.Issuer, subject = client.Subject, clientId }, cast.Operator, null, ct);
        await deeds.Do("intake.assign-therapist.v1", new { clientId, practitionerId = cast.Therapist(lane) }, cast.Operator, null, ct);
        await deeds.Do("intake.submit-screen.v1", new
        {
            clientId,
            screenId = clientId + "-screen",
            instrument = "phq-9",
            version = "1",
            items = (int[])[.. plan.Weeks[0].Answers[..8], 0],
            language = "en"
        }, client, Once("intake.screening-completed.v1", "screenId", clientId + "-screen"), ct, twice);
        await deeds.Do("intake.record-emergency-plan.v1", new
        {
            clientId,
            contactRef = "vault-" + clientId,
            usualLocationRef = "vault-" + clientId,
            localServices = "Ambulance",
            reviewBy = Cast.Day(180)
        }, null, null, ct);
        await deeds.Do("intake.proof-identity.v1", new
        {
            clientId,
            proofingId = clientId + "-proof",
            level = "ial2",
            method = "remote-attended",
            evidenceRef = "evidence-" + clientId,
            expiresAt = DateTimeOffset.UtcNow.AddYears(1)
        }, cast.Operator, null, ct);
        await deeds.Do("intake.deliver-content.v1", new { clientId, contentId = "online-safety", version = 1, language = "en" }, therapist, null, ct);
        await deeds.Do("intake.acknowledge-content.v1", new { clientId, contentId = "online-safety", version = 1 }, client, null, ct);
        var decided = await deeds.Try("intake.decide-suitability.v1", new
        {
            clientId,
            decision = "online",
            category = "therapist-supported",
            modalities = Modalities,
            exclusions = Array.Empty<string>(),
            rationale = "Wants to work on sleep.",
            reviewBy = Cast.Day(180)
        }, therapist, Once("intake.suitability-decided.v1", "clientId", clientId), ct, twice);

        // whoever is as ill as that is not treated online
        if (decided == "exclusion_unaddressed")
        {
            var referralOutId = clientId + "-out";
            await deeds.Do("intake.refer-out.v1", new { clientId, referralOutId, destination = "crisis-team", reasonCodes = Severe }, therapist,
                Once("intake.referred-out.v1", "referralOutId", referralOutId), ct, twice);
            await deeds.Do("intake.accept-referral-out.v1", new { clientId, referralOutId, confirmationRef = "ref-" + clientId }, null, null, ct, twice);
            return null;
        }
        if (decided is not null) throw new IOException($"intake.decide-suitability.v1 was refused: {decided}");

        // the consent service proposes by itself
        var care = (await bus.Wait(clientId, "consent.proposed.v1", ct))["directiveId"]!;
        await Grant(cast, plan, care, deeds, ct);
        await deeds.Do("session.open-thread.v1", new
        {
            threadId = clientId + "-thread",
            clientId,
            practitionerId = cast.Therapist(lane),
            channel = "message",
            timeZone = "Europe/London"
        }, null, null, ct);
        return care;
    }

    public static Task Grant(Cast cast, Plan plan, string directiveId, Deeds deeds, CancellationToken ct)
    {
        var clientId = cast.Client(plan.Client);
        return deeds.Do("consent.grant-consent.v1", new
        {
            clientId,
            directiveId,
            grantor = new { id = clientId, relation = "self" },
            signature = new { method = "typed-name", signedAt = DateTimeOffset.UtcNow, hash = Cast.Hash(directiveId) },
            validFrom = DateTimeOffset.UtcNow.AddMinutes(-1),
            expiresAt = DateTimeOffset.UtcNow.AddYears(1)
        }, cast.ClientLogin(plan.Client), new Effect(clientId, "consent.granted.v1", "directiveId", directiveId), ct);
    }
}
