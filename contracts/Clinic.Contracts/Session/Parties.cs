namespace Clinic.Contracts.Session;

/// <summary>Who or what ends a session early.</summary>
public static class Parties
{
    public const string Client = "client";
    public const string Practitioner = "practitioner";

    /// <summary>Not a person: the consent the session rested on ended.</summary>
    public const string ConsentWithdrawn = "consent-withdrawn";
}
