using Clinic.Contracts.Intake;

namespace Clinic.Intake.Domain;

/// <summary>Intake handed these items over under a release. Whether they left is for consent to say.</summary>
/// <param name="Corrected">Those of them that were said to be corrected.</param>
public sealed record ItemsReleased(
    string ClientId, string DisclosureId, string RecipientId, string Category, string[] ItemIds, string[]? Corrected = null);

/// <summary>Consent has recorded the disclosure as made.</summary>
public sealed record DisclosureNoted(string ClientId, string DisclosureId, string RecipientId, DateTimeOffset At);

/// <summary>An item was corrected, in the append of the correction itself: what is under way at that moment is found here when it arrives.</summary>
public sealed record ItemCorrected(string ClientId, string ItemId, string ReasonCode, string? ReplacedBy = null);

/// <summary>A disclosure that carried a diagnosis was under way when the diagnosis was corrected, and has been made.</summary>
public sealed record CorrectionRecipientFound(string ClientId, string DiagnosisId, string ReasonCode, PastRecipient Recipient, string? ReplacedBy = null);

/// <summary>
/// Who has what of intake's: a stream apart, since every release writes it and no decision about care reads it. Exact to the item,
/// because telling somebody that a diagnosis was corrected which they were never told would disclose it.
/// </summary>
public sealed record ClientDisclosures(string Id, string ClientId, ItemsReleased[] Released, DisclosureNoted[] Made, ItemCorrected[] Corrected)
{
    public long Version { get; init; }

    public static string StreamId(string clientId) => $"disclosures-{clientId}";

    /// <summary>Disclosures that were made and carried this item, in the order in which they were made.</summary>
    public PastRecipient[] RecipientsOf(string itemId) =>
    [
        .. Made.Where(made => Released.Any(r => r.DisclosureId == made.DisclosureId && Tells(r, itemId)))
            .Select(made => new PastRecipient(made.DisclosureId, made.RecipientId, made.At))
    ];

    /// <summary>The correction that is made to what this release carries, now that it is known to have left.</summary>
    internal IEnumerable<CorrectionRecipientFound> Found(ItemsReleased released, DisclosureNoted made) => Corrected.Where(c => Tells(released, c.ItemId))
        .Select(c => new CorrectionRecipientFound(ClientId, c.ItemId, c.ReasonCode, new PastRecipient(made.DisclosureId, made.RecipientId, made.At), c.ReplacedBy));

    private static bool Tells(ItemsReleased released, string itemId) => released.ItemIds.Contains(itemId) && released.Corrected?.Contains(itemId) is not true;

    public static ClientDisclosures Create(ItemsReleased e) => New(e.ClientId).Apply(e);

    /// <summary>Most disclosures carry nothing of intake's.</summary>
    public static ClientDisclosures Create(DisclosureNoted e) => New(e.ClientId).Apply(e);

    public static ClientDisclosures Create(ItemCorrected e) => New(e.ClientId).Apply(e);

    public ClientDisclosures Apply(ItemsReleased e) => this with { Released = [.. Released, e] };

    public ClientDisclosures Apply(DisclosureNoted e) => this with { Made = [.. Made, e] };

    public ClientDisclosures Apply(ItemCorrected e) => this with { Corrected = [.. Corrected, e] };

    /// <summary>For who must tell them; nothing is decided on it.</summary>
    public ClientDisclosures Apply(CorrectionRecipientFound e) => this;

    private static ClientDisclosures New(string clientId) => new(StreamId(clientId), clientId, [], [], []);
}
