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

    public static readonly SessionListed Listed = new(Client, "ses-1", "video", Tomorrow);
    public static readonly SessionOpened Opened = new(Client, "ses-1");

    public static readonly SessionScheduled Scheduled = new(
        "ses-1", Client, "ther-1", "video", Tomorrow, 50, "Europe/Berlin", "platform-1");

    public static readonly SessionStarted Started = new("ses-1", Client, "ther-1", "video", "DE-BE", Tomorrow);
    public static readonly SessionEnded Ended = new("ses-1", Client, 48, "attended", "completed");
    public static readonly SessionCancelled Cancelled = new("ses-1", Client, Parties.Client, 24);
    public static readonly SessionStopped Stopped = new("ses-1", Client, Parties.Client, SessionStopped.ByClient);

    /// <summary>Everything the gate asks of other services is there.</summary>
    public static ClientCare Care(params object[] more) =>
        Spec.Fold<ClientCare>([Consent, Suitability, Plan, .. more])!;

    public static ForStream ToCare(object happened) => new("care-client-1", typeof(ClientCare), happened);

    public static ForStream ToSession(string session, object happened) =>
        new($"session-{session}", typeof(TherapySession), happened);
}
