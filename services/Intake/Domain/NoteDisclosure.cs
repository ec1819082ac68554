using Clinic.Contracts;

namespace Clinic.Intake.Domain;

/// <summary>Consent has made a disclosure. A reaction's own command, so not a contract.</summary>
public sealed record NoteDisclosure(string ClientId, string DisclosureId, string RecipientId, DateTimeOffset At);

public static class NoteDisclosureAggregateHandler
{
    public static object[] Handle(NoteDisclosure command, ClientDisclosures? state, Actor by, DateTimeOffset now)
    {
        if (by.Role != Roles.Service) throw new RuleViolation("role_not_permitted", "Only a service's reaction may note a disclosure.");
        if (state?.Made.Any(made => made.DisclosureId == command.DisclosureId) == true) return [];
        var noted = new DisclosureNoted(command.ClientId, command.DisclosureId, command.RecipientId, command.At);
        return [noted, .. (state?.Released ?? []).Where(r => r.DisclosureId == command.DisclosureId).SelectMany(r => state!.Found(r, noted)).Distinct()];
    }
}
