using System.Security.Cryptography;
using System.Text;
using Clinic.Cli.Tokens;

namespace Clinic.Cli.Simulate;

/// <summary>Who takes part in a run, and what all of them share. Every id begins with the run's name.</summary>
internal sealed record Cast(string Tenant, string Run)
{
    public const string Platform = "sim-video";
    public const string Text = "This clinic may tell the neighbouring clinic when you came. You may revoke this at any time. Your treatment does not depend on it. The other clinic may pass it on.";

    public Caller Operator => new("op-1", "operator", Tenant);

    public Caller Auditor => new("aud-1", "auditor", Tenant);

    /// <summary>The neighbouring clinic's program.</summary>
    public Caller Neighbour => new($"{Tenant}.harbour", "clinic-system", Tenant);

    public string RecipientId => $"{Run}-harbour";

    public string Client(int number) => $"{Run}-c{number:0000}";

    /// <summary>One per lane: nobody is in two sessions at once.</summary>
    public string Therapist(int lane) => $"{Run}-ther{lane}";

    public Caller ClientLogin(int number) => new($"login-{Client(number)}", "client", Tenant);

    public Caller TherapistLogin(int lane) => new($"login-{Therapist(lane)}", "therapist", Tenant);

    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public static string Day(int fromToday) => DateTime.UtcNow.AddDays(fromToday).ToString("yyyy-MM-dd");

    /// <summary>What must be there before anybody comes: a platform, a text to agree to, somebody to share with, a licence per therapist.</summary>
    public async Task Prepare(Deeds deeds, int lanes, CancellationToken ct)
    {
        await deeds.Do("session.approve-platform.v1",
            new { platformId = Platform, agreementRef = "agreement-sim", e2ee = true, collectsForAdvertising = false, reviewBy = Day(180) }, Operator, null, ct);
        await deeds.Do("consent.publish-document.v1", new
        {
            documentId = Run + "-sharing",
            version = 1,
            language = "en",
            documentType = "hipaa-authorization",
            text = Text,
            passages = new[]
            {
                new { element = "discloser", passage = "This clinic may tell the neighbouring clinic" },
                new { element = "right-to-revoke", passage = "You may revoke this at any time" },
                new { element = "conditioning", passage = "Your treatment does not depend on it" },
                new { element = "redisclosure", passage = "The other clinic may pass it on" }
            }
        }, Operator, null, ct);
        using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var q = key.ExportParameters(false).Q;
        static string Coordinate(byte[] bytes) => global::System.Buffers.Text.Base64Url.EncodeToString(bytes);
        await deeds.Do("consent.register-recipient.v1", new
        {
            recipientId = RecipientId,
            name = "Harbour Clinic (simulated)",
            address = "1 Quayside",
            busUser = Neighbour.Subject,
            publicKey = $$"""{"kty":"EC","crv":"P-256","x":"{{Coordinate(q.X!)}}","y":"{{Coordinate(q.Y!)}}"}"""
        }, Operator, null, ct);
        for (var lane = 0; lane < lanes; lane++)
        {
            await deeds.Do("intake.link-subject.v1",
                new { issuer = DevelopmentToken.Issuer, subject = TherapistLogin(lane).Subject, practitionerId = Therapist(lane) }, Operator, null, ct);
            await deeds.Do("intake.verify-licence.v1", new
            {
                practitionerId = Therapist(lane),
                profession = "psychotherapist",
                number = $"{lane}-4711",
                jurisdiction = "GB",
                source = "register",
                expiresAt = DateTimeOffset.UtcNow.AddYears(1)
            }, Operator, null, ct);
        }
    }
}
