namespace Clinic.Contracts.Session;

/// <summary>What interrupted a session.</summary>
public static class DisruptionKinds
{
    public const string ConnectionLost = "connection-lost";
    public const string PoorQuality = "poor-quality";
    public const string Device = "device";
    public const string Surroundings = "surroundings";
    public const string Other = "other";
    public static IReadOnlyList<string> All { get; } = [ConnectionLost, PoorQuality, Device, Surroundings, Other];
}

/// <summary>Ways to write to each other without being there at the same time (S9).</summary>
public static class Channels
{
    public const string Message = "message";
    public const string Email = "email";

    /// <summary>Entries of a group; each participant has a thread of their own.</summary>
    public const string Forum = "forum";
    public static IReadOnlyList<string> All { get; } = [Message, Email, Forum];
}

/// <summary>Which way a message went.</summary>
public static class Directions
{
    public const string FromClient = "from-client";
    public const string ToClient = "to-client";
}

/// <summary>Kinds of clinical note. Source: 45 CFR 164.501.</summary>
public static class NoteKinds
{
    /// <summary>Part of the record: start and stop times, modality, what was done.</summary>
    public const string Progress = "progress";

    /// <summary>The originator's own, kept apart from the record.</summary>
    public const string Psychotherapy = "psychotherapy";
    public static IReadOnlyList<string> All { get; } = [Progress, Psychotherapy];
}

/// <summary>How serious a risk looked to who saw it.</summary>
public static class Severities
{
    public const string Low = "low";
    public const string Moderate = "moderate";
    public const string High = "high";
    public static IReadOnlyList<string> All { get; } = [Low, Moderate, High];
}

/// <summary>On what a contact in a crisis rests when consent or gate would not carry it.</summary>
public static class CrisisBases
{
    public const string Consent = "consent";
    public const string VitalInterest = "vital-interest";
    public const string DutyToProtect = "duty-to-protect";
    public static IReadOnlyList<string> All { get; } = [Consent, VitalInterest, DutyToProtect];
}

/// <summary>What a practitioner's time went into.</summary>
public static class ContactKinds
{
    public const string Session = "session";
    public const string Message = "message";
    public const string CourseSupport = "course-support";
    public const string Documentation = "documentation";
    public static IReadOnlyList<string> All { get; } = [Session, Message, CourseSupport, Documentation];
}
