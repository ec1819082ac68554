using Clinic.Consent.Domain;

namespace Clinic.Consent.Service.Views;

/// <summary>A decision, as it would be taken and why.</summary>
/// <param name="Outcome"><c>permit</c>, <c>redact</c> or <c>deny</c>.</param>
/// <param name="EffectiveAt">The instant it is for.</param>
/// <param name="KnownAt">What was recorded by then counts; null is everything.</param>
/// <param name="StreamVersion">Version of the client's directive stream it read.</param>
/// <param name="PermittedLabels">The only labels an item may carry to leave.</param>
/// <param name="Redacts">Of the labels asked about, those that stay behind.</param>
/// <param name="Because">The grounds, for a person.</param>
internal sealed record DecisionAnswer(
    string Outcome, DateTimeOffset EffectiveAt, DateTimeOffset? KnownAt, long StreamVersion, int PolicyVersion, string[] PermittedLabels, string[] Redacts,
    string[] Because, string? ReasonCode = null, string? DirectiveId = null, int? DirectiveVersion = null)
{
    public static DecisionAnswer Of(DisclosureDecision decision, string[] labels, DateTimeOffset effectiveAt, DateTimeOffset? knownAt, long streamVersion)
    {
        LabelledItem[] items = [.. labels.Select(label => new LabelledItem([label]))];
        return new(decision.Outcome(items), effectiveAt, knownAt, streamVersion, DisclosureDecision.PolicyVersion, decision.Labels,
            decision.IsPermitted ? decision.Redacts(items) : [], decision.Because, decision.ReasonCode, decision.Directive?.Id, decision.Directive?.Version);
    }
}
