using Clinic.Contracts;

namespace Clinic.Session.Domain;

/// <summary>What intake said of one licence. Sequence is the producer's.</summary>
/// <param name="Status">One of the constants.</param>
/// <param name="EffectiveAt">Since when: may lie before it was learnt (T37).</param>
/// <param name="Compact">Further jurisdictions an interstate compact opens.</param>
public sealed record LicenceNoted(
    string PractitionerId, string Jurisdiction, string Status, DateTimeOffset EffectiveAt, string Producer,
    long Sequence, DateTimeOffset? ExpiresAt = null, string[]? Compact = null)
{
    public const string Verified = "verified";
    public const string Lapsed = "lapsed";
    public const string Suspended = "suspended";
    public const string Reinstated = "reinstated";
}

/// <summary>One licence as it is known here.</summary>
/// <param name="LapsedAt">Since when it does not hold, or did not until it was reinstated.</param>
public sealed record KnownLicence(
    string Jurisdiction, string[] Compact, DateTimeOffset ExpiresAt, long Sequence, DateTimeOffset? LapsedAt = null,
    DateTimeOffset? ReinstatedAt = null);

/// <summary>A practitioner's licences: this service's copy of intake's public facts.</summary>
public sealed record Licences(string Id, string PractitionerId, KnownLicence[] Known)
{
    public long Version { get; init; }

    public static string StreamId(string practitionerId) => $"licences-{practitionerId}";

    /// <summary>A licence that covers a place at an instant: its country, or that part of it.</summary>
    public KnownLicence? Covering(string jurisdiction, DateTimeOffset at) =>
        Array.Find(Known, l => Holds(l, at) && l.Compact.Append(l.Jurisdiction).Any(of => Covers(of, jurisdiction)));

    /// <summary>Whether any licence holds.</summary>
    public bool Any(DateTimeOffset at) => Array.Exists(Known, l => Holds(l, at));

    public static Licences Create(LicenceNoted e) =>
        new Licences(StreamId(e.PractitionerId), e.PractitionerId, []).Apply(e);

    public Licences Apply(LicenceNoted e)
    {
        var known = Array.Find(Known, l => l.Jurisdiction == e.Jurisdiction)
            ?? new KnownLicence(e.Jurisdiction, [], DateTimeOffset.MinValue, 0);
        var now = e.Status switch
        {
            // A look-up does not end a suspension; only a reinstatement does.
            LicenceNoted.Verified => known with { ExpiresAt = e.ExpiresAt ?? known.ExpiresAt, Compact = e.Compact ?? [] },
            LicenceNoted.Reinstated => known with { ReinstatedAt = e.EffectiveAt },
            _ => known with { LapsedAt = e.EffectiveAt, ReinstatedAt = null }
        };
        return this with
        {
            Known =
            [
                .. Known.Where(l => l.Jurisdiction != e.Jurisdiction).Append(now with { Sequence = e.Sequence })
                    .OrderBy(l => l.Jurisdiction, StringComparer.Ordinal)
            ]
        };
    }

    private static bool Holds(KnownLicence licence, DateTimeOffset at) =>
        at < licence.ExpiresAt && !(licence.LapsedAt <= at && !(licence.ReinstatedAt <= at));

    // GB covers GB-SCT; US-CA does not cover US, nor US-NV.
    private static bool Covers(string licensed, string place) =>
        place == licensed || place.StartsWith(licensed + "-", StringComparison.Ordinal);
}

/// <summary>Internal: a reaction's words for intake's licence events.</summary>
public sealed record NoteLicence(
    string PractitionerId, string Jurisdiction, string Status, DateTimeOffset EffectiveAt, string Producer,
    long Sequence, DateTimeOffset? ExpiresAt = null, string[]? Compact = null);

public static class NoteLicenceAggregateHandler
{
    public static object[] Handle(NoteLicence command, Licences? state, Actor by, DateTimeOffset now) =>
        state is not null && Array.Exists(state.Known, l => l.Sequence >= command.Sequence)
            ? []
            :
            [
                new LicenceNoted(
                    command.PractitionerId, command.Jurisdiction, command.Status, command.EffectiveAt,
                    command.Producer, command.Sequence, command.ExpiresAt, command.Compact)
            ];
}
