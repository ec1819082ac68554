using Clinic.Contracts;

namespace Clinic.Consent.Domain;

[Subject("recipientId", DataClasses.Contact)]
public sealed record RecipientRegistered(
    string RecipientId, Personal<string> Name, Personal<string> Address, string BusUser, string? PublicKey = null);

/// <summary>
/// Somebody records may be disclosed to. A changed address or key is a new event; the old one stays provable.
/// </summary>
public sealed record Recipient(
    string Id, string RecipientId, Personal<string> Name, Personal<string> Address, string BusUser, string? PublicKey = null)
{
    public long Version { get; init; }

    public static string StreamId(string recipientId) => $"recipient-{recipientId}";

    public static Recipient Create(RecipientRegistered e) =>
        new(StreamId(e.RecipientId), e.RecipientId, e.Name, e.Address, e.BusUser, e.PublicKey);

    public Recipient Apply(RecipientRegistered e) =>
        this with { Name = e.Name, Address = e.Address, BusUser = e.BusUser, PublicKey = e.PublicKey };
}
