using Clinic.Contracts;
using Clinic.Contracts.Consent;

namespace Clinic.Consent.Domain;

[Subject("recipientId", DataClasses.Contact)]
public sealed record RecipientRegistered(
    string RecipientId, Personal<string> Name, Personal<string> Address, string BusUser, string? PublicKey = null,
    bool? Intermediary = null, string? Country = null, string? Safeguard = null);

/// <summary>Who takes part in an intermediary, as it was told.</summary>
/// <param name="RecipientId">The intermediary.</param>
[Subject("recipientId", DataClasses.Contact)]
public sealed record ParticipantReported(string RecipientId, string ParticipantId, Personal<string> Name, DateOnly Since, DateOnly? Until = null);

/// <summary>Somebody an intermediary may give records on to.</summary>
public sealed record Participant(string Id, Personal<string> Name, DateOnly Since, DateOnly? Until)
{
    public static Participant Of(ParticipantReported e) => new(e.ParticipantId, e.Name, e.Since, e.Until);

    /// <summary>Both days included.</summary>
    public bool TakesPartOn(DateOnly day) => Since <= day && !(day > Until);
}

/// <summary>
/// Somebody records may be disclosed to. A changed address or key is a new event; the old one stays provable.
/// </summary>
public sealed record Recipient(
    string Id, string RecipientId, Personal<string> Name, Personal<string> Address, string BusUser, string? PublicKey = null,
    bool Intermediary = false, string? Country = null, string? Safeguard = null)
{
    public long Version { get; init; }

    /// <summary>Of an intermediary; none otherwise.</summary>
    public Participant[] Participants { get; init; } = [];

    public Participant? Find(string participantId) => Array.Find(Participants, p => p.Id == participantId);

    /// <summary>
    /// Under 42 CFR Part 2 who names an intermediary also says to whom it may give records on (2.31(a)(4)(ii)): else nothing goes there.
    /// </summary>
    public bool IsNamedWhollyBy(Directive? directive) => !Intermediary || directive is null || !directive.Is(DocumentTypes.Part2Consent)
        || Array.Exists(directive.Scopes, s => s.Disclosure is { Denies: false, Onward: not null } d && d.RecipientId == RecipientId);

    public static string StreamId(string recipientId) => $"recipient-{recipientId}";

    public static Recipient Create(RecipientRegistered e) =>
        new(StreamId(e.RecipientId), e.RecipientId, e.Name, e.Address, e.BusUser, e.PublicKey, e.Intermediary == true, e.Country, e.Safeguard);

    public Recipient Apply(RecipientRegistered e) =>
        this with { Name = e.Name, Address = e.Address, BusUser = e.BusUser, PublicKey = e.PublicKey, Country = e.Country, Safeguard = e.Safeguard };

    public Recipient Apply(ParticipantReported e) =>
        this with { Participants = [.. Participants.Where(p => p.Id != e.ParticipantId), Participant.Of(e)] };
}
