namespace Clinic.Contracts.Consent;

/// <summary>An intermediary has given a client's records on. Source: 42 CFR 2.24.</summary>
/// <param name="OnwardId">The disclosure.</param>
/// <param name="ClientId">Whose records, by pseudonym.</param>
/// <param name="IntermediaryId">Who gave them on.</param>
/// <param name="ParticipantId">To whom.</param>
/// <param name="At">When.</param>
/// <param name="ReasonCode">What speaks against it: one of the constants; null where nothing does.</param>
[Contract("consent.onward-disclosure-reported.v1")]
public sealed record OnwardDisclosureReported(
    string OnwardId, string ClientId, string IntermediaryId, string ParticipantId, DateTimeOffset At, string? ReasonCode = null)
{
    /// <summary>No directive in force then let the intermediary give anything to this participant.</summary>
    public const string NotConsented = "not_consented";

    /// <summary>Nobody reported it as a participant on that day.</summary>
    public const string NotAParticipant = "not_a_participant";

    /// <summary>A general designation reaches providers who treat the client: 42 CFR 2.31(a)(4)(ii)(B).</summary>
    public const string NotTreating = "not_treating";
}
