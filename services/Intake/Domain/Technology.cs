using Clinic.Contracts;
using Clinic.Contracts.Intake;

namespace Clinic.Intake.Domain;

/// <summary>What the client has and can do with technology.</summary>
[Subject("clientId")]
public sealed record TechReadinessAssessed(
    string ClientId, string AssessmentId, Personal<string> Device, Personal<string> Bandwidth, Personal<bool> PrivateSpace, Personal<int> Literacy,
    Personal<bool> SupportNeeded, string Fallback, string Readiness, string AssessedBy);

/// <summary>What a connection test measured, and what that carries.</summary>
public sealed record ConnectionTested(string ClientId, string TestId, int DownKbps, int UpKbps, int LatencyMs, int LossPerMille, string[] Modalities);

/// <summary>Another way than the screen was offered.</summary>
public sealed record AlternativeOffered(string ClientId, string OfferId, string[] Options);

/// <summary>What the client said to it.</summary>
public sealed record OfferAnswered(string ClientId, string OfferId, string Answer);

/// <summary>How the client would like to meet, the dearest way first.</summary>
public sealed record ModalityPreferenceSet(string ClientId, string[] Modalities);

/// <summary>What the client needs to take part.</summary>
[Subject("clientId")]
public sealed record AccessibilitySet(string ClientId, Personal<string[]> Needs);

/// <summary>What is known of how a client can and wants to meet.</summary>
public sealed record TechnologyState
{
    public IReadOnlyList<TechReadinessAssessed> Assessments { get; init; } = [];
    public IReadOnlyList<ConnectionTested> Tests { get; init; } = [];
    public IReadOnlyList<AlternativeOffered> Offers { get; init; } = [];
    public IReadOnlyList<OfferAnswered> Answers { get; init; } = [];
    public ModalityPreferenceSet? Preference { get; init; }
    public AccessibilitySet? Accessibility { get; init; }

    /// <summary>The offer the client has not answered yet.</summary>
    public AlternativeOffered? OpenOffer => Offers.LastOrDefault(offer => Answers.All(answer => answer.OfferId != offer.OfferId));

    /// <summary>The offer that follows from poor readiness, unless one is open.</summary>
    internal object[] Offer(string clientId, string offerId) =>
        OpenOffer is null ? [new AlternativeOffered(clientId, offerId, [.. Alternatives.All])] : [];
}
