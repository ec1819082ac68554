using Clinic.Contracts.Intake;

namespace Clinic.Intake.Domain;

/// <summary>Intake handed these items over under a release. Whether they left is for consent to say.</summary>
public sealed record ItemsReleased(string ClientId, string DisclosureId, string RecipientId, string Category, string[] ItemIds);

/// <summary>Consent has recorded the disclosure as made.</summary>
public sealed record DisclosureNoted(string ClientId, string DisclosureId, string RecipientId, DateTimeOffset At);

/// <summary>
/// Who has what of intake's: a stream apart, since every release writes it and no decision about care reads it. Exact to the item,
/// because telling somebody that a diagnosis was corrected which they were never told would disclose it.
/// </summary>
public sealed record ClientDisclosures(string Id, string ClientId, ItemsReleased[] Released, DisclosureNoted[] Made)
{
    public long Version { get; init; }

    public static string StreamId(string clientId) => $"disclosures-{clientId}";

    /// <summary>Disclosures that were made and carried this item, in the order in which they were made.</summary>
    public PastRecipient[] RecipientsOf(string itemId) =>
    [
        .. Made.Where(made => Released.Any(r => r.DisclosureId == made.DisclosureId && r.ItemIds.Contains(itemId)))
            .Select(made => new PastRecipient(made.DisclosureId, made.RecipientId, made.At))
    ];

    public static ClientDisclosures Create(ItemsReleased e) => New(e.ClientId).Apply(e);

    /// <summary>Most disclosures carry nothing of intake's.</summary>
    public static ClientDisclosures Create(DisclosureNoted e) => New(e.ClientId).Apply(e);

    public ClientDisclosures Apply(ItemsReleased e) => this with { Released = [.. Released, e] };

    public ClientDisclosures Apply(DisclosureNoted e) => this with { Made = [.. Made, e] };

    private static ClientDisclosures New(string clientId) => new(StreamId(clientId), clientId, [], []);
}
