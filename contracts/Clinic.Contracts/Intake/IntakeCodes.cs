namespace Clinic.Contracts.Intake;

/// <summary>How fast a referral must be looked at.</summary>
public static class Urgencies
{
    public const string Routine = "routine";
    public const string Urgent = "urgent";
    public static IReadOnlyList<string> All { get; } = [Routine, Urgent];
}

/// <summary>How a client came.</summary>
public static class Routes
{
    public const string Referral = "referral";
    public const string Self = "self";
    public static IReadOnlyList<string> All { get; } = [Referral, Self];
}

/// <summary>How much of who the client is may be known; the client decides.</summary>
public static class IdentityModes
{
    /// <summary>Nobody can reach the client.</summary>
    public const string Anonymous = "anonymous";

    /// <summary>The identity is held in escrow; the therapist sees the pseudonym.</summary>
    public const string Pseudonymous = "pseudonymous";
    public const string Identified = "identified";
    public static IReadOnlyList<string> All { get; } = [Anonymous, Pseudonymous, Identified];
}

/// <summary>Age in years, as coarse as equity figures and proxy rules allow.</summary>
public static class AgeBands
{
    public static IReadOnlyList<string> All { get; } =
        ["under-13", "13-15", "16-17", "18-24", "25-34", "35-44", "45-54", "55-64", "65-74", "75-plus"];
}

/// <summary>The least safety response to a risk. Never decides who is treated (NICE NG225).</summary>
public static class RiskTiers
{
    public const string Low = "low";
    public const string Moderate = "moderate";
    public const string High = "high";
    public static IReadOnlyList<string> All { get; } = [Low, Moderate, High];
}

/// <summary>What a clinician decided about online care.</summary>
public static class SuitabilityDecisions
{
    public const string Online = "online";
    public const string OnlineWithLimits = "online-with-limits";
    public const string NotSuitable = "not-suitable";
    public static IReadOnlyList<string> All { get; } = [Online, OnlineWithLimits, NotSuitable];
}

/// <summary>Kinds of web-based intervention, by who supports the client.</summary>
public static class CareCategories
{
    public const string TherapistSupported = "therapist-supported";
    public const string PeerSupported = "peer-supported";
    public const string SelfGuided = "self-guided";
    public const string Education = "education";
    public static IReadOnlyList<string> All { get; } = [TherapistSupported, PeerSupported, SelfGuided, Education];

    /// <summary>A person answers the client, so that somebody must know whom to call in an emergency.</summary>
    public static bool IsHumanSupported(string category) => category is TherapistSupported or PeerSupported;
}

/// <summary>Ways client and practitioner may meet.</summary>
public static class CareModalities
{
    public const string Video = "video";
    public const string Voice = "voice";
    public const string Text = "text";
    public const string InPerson = "in-person";
    public static IReadOnlyList<string> All { get; } = [Video, Voice, Text, InPerson];
}

/// <summary>Safety education that online care asks for (S52).</summary>
public static class SafetyContents
{
    /// <summary>Passwords, updates, suspicious links, a private room.</summary>
    public const string OnlineSafety = "online-safety";

    /// <summary>The version to be acknowledged unless the clinic has configured another.</summary>
    public const int OnlineSafetyVersion = 1;
}

/// <summary>Reasons against online care that the literature names (S41). The list is open: a clinic may use further codes.</summary>
public static class ExclusionReasons
{
    public const string SevereDepression = "severe-depression";
    public const string Schizophrenia = "schizophrenia";
    public const string ImmediateNeed = "immediate-need";
}
