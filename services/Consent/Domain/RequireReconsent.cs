using Clinic.Contracts;
using Clinic.Contracts.Consent;
using Trigger = Clinic.Contracts.Consent.ConsentExpired;

namespace Clinic.Consent.Domain;

/// <summary>A newer text asks for consent anew: each client with an earlier one is proposed it, and the earlier one gets its end.</summary>
/// <param name="Until">First instant at which the earlier directive no longer holds.</param>
public sealed record RequireReconsent(string ClientId, string DirectiveId, DocumentText Text, DateTimeOffset Until);

public static class RequireReconsentAggregateHandler
{
    public static object[] Handle(RequireReconsent command, ClientConsents? state, Actor by, DateTimeOffset now)
    {
        if (state?.Find(command.DirectiveId) is not { Forbids: false } old || old.Document.Version >= command.Text.Version) return [];
        // Asked under a text that is passed by now: what waits there can be granted no more, so the question is put again.
        if (old is { Status: DirectiveStatus.Proposed })
            return (old.Replaces is { } first && state.Find(first)?.HoldsNowOrLater(now) == true) || IsAskedAgain(state, old, command.Text)
                ? []
                :
                [
                    new ConsentProposed(
                        command.ClientId, Next(old.Replaces ?? old.Id, command.Text.Version), 1, command.Text.Reference, old.Scopes, command.Text.DocumentType,
                        old.Replaces)
                ];
        if (!old.HoldsNowOrLater(now)) return [];
        var waiting = old.ReplacedBy is null ? null : state.Find(old.ReplacedBy);
        if (waiting is { ValidFrom: not null } || waiting?.Document.Version >= command.Text.Version) return [];
        var next = Next(old.Id, command.Text.Version);
        if (state.Find(next) is not null) return [];
        // A text that came in between has set an end, too, and the earlier one counts.
        var wanted = waiting is not null && old.ExpiresAt < command.Until ? old.ExpiresAt.Value : command.Until;
        var until = wanted < now ? now : wanted;
        object[] asked =
        [
            new ConsentProposed(command.ClientId, next, 1, command.Text.Reference, old.Scopes, command.Text.DocumentType, old.Id),
            new ReconsentRequired(command.ClientId, old.Id, old.Version + 1, command.Text.Reference, next, until)
        ];
        return until > now ? asked : [.. asked, new ConsentExpired(command.ClientId, old.Id, old.Version + 2, old.Scopes, Trigger.Date, until)];
    }

    // The same for every attempt, and nobody else's id.
    private static string Next(string directiveId, int version) => $"{directiveId[..Math.Min(directiveId.Length, 52)]}-v{version}";

    private static bool IsAskedAgain(ClientConsents state, Directive old, DocumentText text) =>
        Array.Exists(state.Directives, d => d.Document.Id == text.DocumentId && d.Document.Version > old.Document.Version && d.Document.Version <= text.Version
            && d.Id == Next(old.Replaces ?? old.Id, d.Document.Version));
}
