namespace Clinic.Contracts.Intake;

/// <summary>Somebody tried to reach a client in crisis.</summary>
/// <param name="ClientId">Whom.</param>
/// <param name="AttemptId">The attempt.</param>
/// <param name="Method">One of <see cref="ContactMethods"/>.</param>
/// <param name="Outcome">One of <see cref="ContactOutcomes"/>.</param>
/// <param name="ClockAhead">True when the sender's clock was ahead of this clinic's; the recorded instant counts.</param>
[Contract("intake.crisis-contact-attempted.v1")]
public sealed record CrisisContactAttempted(string ClientId, string AttemptId, string Method, string Outcome, bool? ClockAhead = null);

/// <summary>How somebody in crisis is contacted.</summary>
public static class ContactMethods
{
    public const string Call = "call";
    public const string Video = "video";
    public const string Message = "message";
    public const string EmergencyContact = "emergency-contact";
    public const string EmergencyServices = "emergency-services";
    public const string Visit = "visit";
    public static IReadOnlyList<string> All { get; } = [Call, Video, Message, EmergencyContact, EmergencyServices, Visit];
}

/// <summary>What came of an attempt.</summary>
public static class ContactOutcomes
{
    public const string Reached = "reached";
    public const string NotReached = "not-reached";

    /// <summary>Somebody else, for example emergency services, has taken over.</summary>
    public const string HandedOver = "handed-over";
    public static IReadOnlyList<string> All { get; } = [Reached, NotReached, HandedOver];
}
