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
        if (state?.Find(command.DirectiveId) is not { IsOpen: true, ReplacedBy: null } old || old.Document.Version >= command.Text.Version) return [];
        // The same for every attempt, and nobody else's id.
        var next = $"{old.Id[..Math.Min(old.Id.Length, 52)]}-v{command.Text.Version}";
        if (state.Find(next) is not null) return [];
        var until = command.Until < now ? now : command.Until;
        object[] asked =
        [
            new ConsentProposed(command.ClientId, next, 1, command.Text.Reference, old.Scopes, command.Text.DocumentType, old.Id),
            new ReconsentRequired(command.ClientId, old.Id, old.Version + 1, command.Text.Reference, next, until)
        ];
        return until > now ? asked : [.. asked, new ConsentExpired(command.ClientId, old.Id, old.Version + 2, old.Scopes, Trigger.Date, until)];
    }
}
