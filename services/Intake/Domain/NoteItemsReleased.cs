using Clinic.Contracts;

namespace Clinic.Intake.Domain;

/// <summary>Intake is about to hand items over under a verified release. Its own command, so not a contract.</summary>
public sealed record NoteItemsReleased(string ClientId, string DisclosureId, string RecipientId, string Category, string[] ItemIds, string[]? Corrected = null);

public static class NoteItemsReleasedAggregateHandler
{
    public static object[] Handle(NoteItemsReleased command, ClientDisclosures? state, Actor by, DateTimeOffset now)
    {
        if (by.Role != Roles.Service) throw new RuleViolation("role_not_permitted", "Only a release may hand items over.");
        var released = new ItemsReleased(command.ClientId, command.DisclosureId, command.RecipientId, command.Category, command.ItemIds, command.Corrected);
        // pulled again, for example because the answer was lost: once is enough as long as it is the same
        if (state?.Released.Any(r => (r.DisclosureId, r.Category) == (released.DisclosureId, released.Category) && r.ItemIds.SequenceEqual(released.ItemIds)
            && (r.Corrected ?? []).SequenceEqual(released.Corrected ?? [])) == true)
            return [];
        return [released, .. (state?.Made ?? []).Where(made => made.DisclosureId == released.DisclosureId).SelectMany(made => state!.Found(released, made))];
    }
}
