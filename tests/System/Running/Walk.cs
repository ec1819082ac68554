using System.Security.Cryptography;
using System.Text;

namespace Clinic.SystemTests.Running;

/// <summary>
/// One client's way through the clinic, to the stage a test is about, with ids nobody else has. Every text that must stay
/// inside contains <see cref="Private"/>.
/// </summary>
public sealed class Walk(RunningClinic clinic, string tenant = Person.North, string? run = null)
{
    /// <summary>A word no code, id or contract contains.</summary>
    public const string Private = "Quittenbrot";

    /// <summary>What a client answers here: item nine is zero, so that nothing follows from it.</summary>
    public static readonly int?[] Answers = [1, 2, 1, 1, 0, 1, 2, 1, 0];

    private readonly string run = run ?? Guid.NewGuid().ToString("N")[..10];

    public string ClientId => "c-" + run;

    public Person Client => new(ClientId, "client", tenant);

    public Person Therapist => Person.Therapist("ther-" + run, tenant);

    public Person Recipient => Person.System(tenant + ".harbour");

    private bool registered;

    public string CareDirective { get; private set; } = "";

    public string SharingDirective => "sharing-" + run;

    public string RecipientId => "harbour-" + run;

    public string SessionId(int number = 1) => $"s-{run}-{number}";

    public string DisclosureId(int number = 1) => $"d-{run}-{number}";

    public string Tenant => tenant;

    /// <summary>Registered, and has a therapist of record.</summary>
    public async Task<Walk> Registered()
    {
        await RegisteredOnly();
        await clinic.Assign(ClientId, Therapist);
        registered = true;
        return this;
    }

    /// <summary>Known to intake, treated by nobody yet.</summary>
    public async Task<Walk> RegisteredOnly()
    {
        await Accepted("intake.register-client.v1", new
        {
            ClientId,
            route = "self",
            identityMode = "pseudonymous",
            ageBand = "25-34",
            language = "en",
            region = "GB",
            accessibility = Array.Empty<string>()
        }, Person.Operator(tenant));
        return this;
    }

    /// <summary>What therapist-supported care needs beside a decision: a platform, a proofed identity and safety education that was read.</summary>
    public async Task Prepared()
    {
        await Accepted("session.approve-platform.v1", new
        {
            platformId = "jitsi",
            agreementRef = "agreement-1",
            e2ee = true,
            collectsForAdvertising = false,
            reviewBy = Day(180)
        }, Person.Operator(tenant));
        await Accepted("intake.proof-identity.v1", new
        {
            ClientId,
            proofingId = "proof-" + run,
            level = "ial2",
            method = "remote-attended",
            evidenceRef = "evidence-" + run,
            expiresAt = DateTimeOffset.UtcNow.AddYears(1)
        }, Person.Operator(tenant));
        await Accepted("intake.deliver-content.v1", new { ClientId, contentId = "online-safety", version = 1, language = "en" }, Therapist);
        await Accepted("intake.acknowledge-content.v1", new { ClientId, contentId = "online-safety", version = 1 }, Client);
    }

    /// <summary>Screened, planned for, and found suitable by a licensed clinician; consent to it has been proposed.</summary>
    public async Task<Walk> Suitable()
    {
        await Assessed();
        (await Decide()).Accepted();
        CareDirective = (await clinic.Ear.Wait("consent.proposed.v1", "clientId", ClientId, tenant))["directiveId"]!;
        return this;
    }

    /// <summary>Everything a decision on care needs is there, but the decision.</summary>
    public async Task<Walk> Assessed()
    {
        if (!registered) await Registered();
        await Accepted("intake.submit-screen.v1",
            new { ClientId, screenId = "phq-" + run, instrument = "phq-9", version = "1", items = Answers, language = "en" }, Client);
        await Accepted("intake.record-emergency-plan.v1", new
        {
            ClientId,
            contactRef = "vault-" + run,
            usualLocationRef = "vault-" + run,
            localServices = $"{Private} ambulance",
            reviewBy = Day(180)
        }, Therapist);
        await Accepted("intake.verify-licence.v1", new
        {
            practitionerId = Therapist.Id,
            profession = "psychotherapist",
            number = Private + "-4711",
            jurisdiction = "GB",
            source = "register",
            expiresAt = DateTimeOffset.UtcNow.AddYears(1)
        }, Person.Operator(tenant));
        await Prepared();
        return this;
    }

    /// <summary>The therapist decides for video and text.</summary>
    public Task<Answer> Decide() => clinic.Post("intake.decide-suitability.v1", new
    {
        ClientId,
        decision = "online",
        category = "therapist-supported",
        modalities = new[] { "video", "text" },
        exclusions = Array.Empty<string>(),
        rationale = $"{Private} has somebody near and wants to work on sleep.",
        reviewBy = Day(180)
    }, Therapist);

    /// <summary>Suitable, and has agreed to online care; session has heard of both.</summary>
    public async Task<Walk> Consented()
    {
        await Suitable();
        await Accepted("consent.grant-consent.v1", Grant(CareDirective), Client);
        await Eventually.True(async () => await clinic.Ledger("session").Count("consent_noted", "directiveId", CareDirective, tenant) == 1
            && await clinic.Ledger("session").Count("suitability_noted", "clientId", ClientId, tenant) == 1, "session knows consent and suitability");
        return this;
    }

    public async Task<Walk> Booked(int sessions = 1)
    {
        await Consented();
        for (var number = 1; number <= sessions; number++) (await clinic.Post("session.book-session.v1", Booking(number), Client)).Accepted();
        return this;
    }

    public async Task<Walk> InSession()
    {
        await Booked(2);
        await Eventually.True(async () => await clinic.Ledger("session").Value<bool>(
            "select count(*) = 2 from clinic.consumer where as_of > clock_timestamp() - interval '5 seconds'"), "fresh facts for the start gate");
        await Accepted("session.start-session.v1", Start(), Therapist);
        (await clinic.Ledger("session").Count("session_started", "sessionId", SessionId(), tenant)).ShouldBe(1);
        return this;
    }

    /// <summary>Registered, and has agreed that a neighbouring clinic may be told of attendance.</summary>
    public Task<Walk> Sharing(DateTimeOffset? until = null) => SharingOf("attendance", until: until);

    /// <summary>The same of another category, with the labels the neighbour may see.</summary>
    public async Task<Walk> SharingOf(string category, string? label = null, DateTimeOffset? until = null)
    {
        if (!registered) await Registered();
        await Accepted("consent.register-recipient.v1", new
        {
            RecipientId,
            name = $"{Private} Harbour Clinic",
            address = $"1 {Private} Quay",
            busUser = Recipient.Id,
            publicKey = RecipientKey.Shared.Jwk
        }, Person.Operator(tenant));
        await Accepted("consent.propose-consent.v1", Proposal(category, label), Therapist);
        await Accepted("consent.grant-consent.v1", Grant(SharingDirective, until), Client);
        return this;
    }

    /// <summary>Sharing, and the recipient has asked and been permitted.</summary>
    public async Task<Walk> Permitted(DateTimeOffset? until = null)
    {
        await Sharing(until);
        await Accepted("consent.request-disclosure.v1", Request(), Recipient);
        (await clinic.Ledger("consent").Count("disclosure_permitted", "disclosureId", DisclosureId(), tenant)).ShouldBe(1);
        return this;
    }

    /// <summary>The client answers a PHQ-9.</summary>
    public async Task Measured(params int?[] items) => (await clinic.Post("feedback.submit-measure.v1", new
    {
        responseId = "m-" + ClientId,
        ClientId,
        instrument = "phq-9",
        version = "1",
        items,
        language = "en"
    }, Client)).Accepted();

    public Task<Answer> Withdraw(string directiveId) => clinic.Post("consent.withdraw-consent.v1", Withdrawal(directiveId), Client);

    public object Withdrawal(string directiveId) =>
        new { ClientId, requestedBy = ClientId, channel = "app", directiveId, reason = $"{Private} said so" };

    public object Proposal(string category = "attendance", string? label = null) => new
    {
        ClientId,
        directiveId = SharingDirective,
        document = Documents.Reference(Documents.Sharing),
        scopes = new[]
        {
            new
            {
                kind = "disclosure",
                disclosure = new { RecipientId, purpose = "TREAT", categories = new[] { category }, sensitivity = label is null ? [] : new[] { label } }
            }
        }
    };

    public object Grant(string directiveId, DateTimeOffset? until = null) => new
    {
        ClientId,
        directiveId,
        grantor = new { id = ClientId, relation = "self" },
        signature = new { method = "typed-name", signedAt = DateTimeOffset.UtcNow, hash = Hash("signature") },
        validFrom = DateTimeOffset.UtcNow.AddMinutes(-1),
        expiresAt = until ?? DateTimeOffset.UtcNow.AddYears(1)
    };

    public object Request(string category) => Request(1, category);

    public object Request(int number = 1, string category = "attendance") => new
    {
        disclosureId = DisclosureId(number),
        ClientId,
        RecipientId,
        purpose = "TREAT",
        purposeStatement = $"{Private} continues care near home",
        categories = new[] { category },
        periodFrom = Day(-30),
        periodTo = Day(2),
        legalBasis = "consent"
    };

    public object Booking(int number = 1) => new
    {
        sessionId = SessionId(number),
        ClientId,
        practitionerId = Therapist.Id,
        modality = "video",
        startsAt = DateTimeOffset.UtcNow.AddMinutes(1).AddDays(number - 1),
        plannedMinutes = 50,
        timeZone = "Europe/London",
        platformId = "jitsi"
    };

    public object Start(int number = 1) =>
        new { sessionId = SessionId(number), locationConfirmed = true, emergencyContactConfirmed = true, jurisdiction = "GB" };

    public static string Day(int fromToday) => DateTime.UtcNow.AddDays(fromToday).ToString("yyyy-MM-dd");

    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private async Task<Answer> Accepted(string contract, object body, Person by) => (await clinic.Post(contract, body, by)).Accepted();
}
