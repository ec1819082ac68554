using Clinic.Contracts.Consent;
using Clinic.Contracts.Session;

namespace Clinic.Tests.Domain.Session;

// Inside the namespace, here and in every specification: a stored event wins over the public event of the same name.
using Clinic.Contracts;
using Clinic.Session.Domain;

/// <summary>Plain, valid examples. A specification changes only what it is about.</summary>
internal static class Some
{
    public const string Client = "client-1";

    public static readonly DateTimeOffset Now = Spec.Now;
    public static readonly DateTimeOffset Tomorrow = Now.AddDays(1);
    public static readonly ConsentScope Treatment = new(ScopeKinds.Treatment);
    public static readonly ConsentScope Video = new(ScopeKinds.Modality, "video");

    public static readonly ConsentNoted Consent = new(
        Client, "dir-1", 2, ConsentNoted.Granted, [Treatment, Video], "consent", 41, Now.AddDays(-1));

    public static readonly SuitabilityNoted Suitability = new(
        Client, "online", "therapist-supported", ["video", "text"], new(2026, 6, 1), "intake", 17);

    public static readonly EmergencyPlanNoted Plan = new(Client, new(2026, 6, 1), "intake", 18);

    public static readonly IdentityNoted Identity = new(Client, "ial2", Now.AddYears(1), "intake", 19);
    public static readonly SafetyEducationNoted Education = new(Client, "online-safety", 1, "intake", 20);

    public static readonly PlatformApproved Approved = new("platform-1", "agreement-1", true, false, new(2026, 12, 31));
    public static readonly Platform Platform = Platform.Create(Approved);

    public static readonly LicenceNoted Licence = new(
        "ther-1", "DE", LicenceNoted.Verified, Now.AddDays(-30), "intake", 16, Now.AddYears(1));

    public static readonly SessionListed Listed = new(Client, "ses-1", "video", Tomorrow, "platform-1");
    public static readonly SessionOpened Opened = new(Client, "ses-1", "ther-1", DateOnly.FromDateTime(Tomorrow.Date));

    public static readonly SessionScheduled Scheduled = new(
        "ses-1", Client, "ther-1", "video", Tomorrow, 50, "Europe/Berlin", "platform-1");

    public static readonly SessionStarted Started = new(
        "ses-1", Client, "ther-1", "video", "DE-BE", Tomorrow, DateOnly.FromDateTime(Tomorrow.Date), "video/1");
    public static readonly SessionEnded Ended = new("ses-1", Client, 48, "attended", "completed");
    public static readonly SessionCancelled Cancelled = new("ses-1", Client, Parties.Client, 24);
    public static readonly SessionStopped Stopped = new("ses-1", Client, Parties.Client, SessionStopped.ByClient);

    /// <summary>Everything the gate asks of other services is there.</summary>
    public static ClientCare Care(params object[] more) =>
        Spec.Fold<ClientCare>([Consent, Suitability, Plan, Identity, Education, .. more])!;

    public static ForStream ToCare(object happened) => new("care-client-1", typeof(ClientCare), happened);

    public static readonly PractitionerEngaged Engaged =
        new("ther-1", DateOnly.FromDateTime(Tomorrow.Date), "ses-1");

    /// <summary>The practitioner of the session that was begun is free again.</summary>
    public static readonly ForStream Freed = new(
        "engaged-ther-1-20260303", typeof(PractitionerDay),
        new PractitionerFreed("ther-1", DateOnly.FromDateTime(Tomorrow.Date), "ses-1"));

    /// <summary>Everything the gate reads, and nothing is wrong with it.</summary>
    public static StartFacts Facts(params object[] care) => new(
        Spec.Therapist, Spec.Fold<ClientCare>(care), TimeSpan.FromSeconds(1.2), TimeSpan.FromSeconds(3), GapOpen: false)
    {
        Licences = Spec.Fold<Licences>(Licence),
        Platform = Platform,
        StrongLogin = true
    };

    public static ForStream ToSession(string session, object happened) =>
        new($"session-{session}", typeof(TherapySession), happened);
}
